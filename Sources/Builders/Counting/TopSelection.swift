/// An entry of a ranking as a number: the more often counted and, of equals, the one with the lower code sorts first.
struct RankingKey: Equatable {
    let rawValue: UInt64

    init(code: UInt32, count: UInt32) {
        rawValue = UInt64(UInt32.max - count) << 32 | UInt64(code)
    }

    init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// The least key of an entry that is counted less often than `minimumCount`, which is at least 1.
    static func bound(minimumCount: UInt32) -> UInt64 {
        RankingKey(code: 0, count: minimumCount - 1).rawValue
    }

    var code: UInt32 { UInt32(truncatingIfNeeded: rawValue) }
    var count: UInt32 { UInt32.max - UInt32(truncatingIfNeeded: rawValue >> 32) }
}

/// Puts the `count` smallest of the first `total` keys in front, in ascending order; the others follow in any order.
///
/// Quickselect, then a sort of what was selected: on average linear in `total`.
func selectSmallest(_ keys: inout [UInt64], total: Int, count: Int) {
    let count = min(count, total)
    if count < total { partition(keys.mutableSpan, total: total, count: count) }
    keys[..<count].sort()
}

private func partition(_ keys: consuming MutableSpan<UInt64>, total: Int, count: Int) {
    var low = 0
    var high = total - 1
    while low < high {
        let pivot = median(keys[low], keys[low + (high - low) / 2], keys[high])
        var left = low
        var right = high
        while left <= right {
            while keys[left] < pivot { left &+= 1 }
            while keys[right] > pivot { right &-= 1 }
            if left <= right {
                keys.swapAt(left, right)
                left &+= 1
                right &-= 1
            }
        }
        if count <= right { high = right } else if count >= left { low = left } else { return }
    }
}

private func median(_ first: UInt64, _ second: UInt64, _ third: UInt64) -> UInt64 {
    max(min(first, second), min(max(first, second), third))
}
