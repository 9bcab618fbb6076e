/// Puts the `count` smallest of the first `total` keys in front; all follow in any order.
///
/// Quickselect: on average linear in `total`.
func selectSmallest<Key: Comparable & BitwiseCopyable>(_ keys: inout [Key], total: Int, count: Int) {
    if count < total { partition(keys.mutableSpan, total: total, count: count) }
}

private func partition<Key: Comparable & BitwiseCopyable>(
    _ keys: consuming MutableSpan<Key>, total: Int, count: Int,
) {
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

private func median<Key: Comparable>(_ first: Key, _ second: Key, _ third: Key) -> Key {
    max(min(first, second), min(max(first, second), third))
}
