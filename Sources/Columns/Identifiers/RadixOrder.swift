/// Sorts by keys of 64 bits, a byte at a time from the least significant one on.
enum RadixOrder {
    /// The indices of `keys` in ascending order of the keys, equal keys as they stand.
    ///
    /// A byte that all keys share costs no pass, so short and similar keys are sorted in few.
    static func indices(_ keys: [UInt64]) -> [UInt32] {
        let differing = differingBits(keys.span)
        var order = keys.indices.map { UInt32($0) }
        var other = [UInt32](repeating: 0, count: keys.count)
        for shift in stride(from: UInt64(0), to: 64, by: 8) where differing >> shift & 0xFF != 0 {
            distribute(keys.span, order.span, shift: shift, into: other.mutableSpan)
            swap(&order, &other)
        }
        return order
    }

    /// The indices of `keys` in ascending order, of equal keys in the order that `compare` gives their indices: less
    /// than zero where the first comes first. Indices that compare equal stay as they stand.
    static func indices(_ keys: [UInt64], orderingEqualKeys compare: (UInt32, UInt32) -> Int) -> [UInt32] {
        var order = indices(keys)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, keys[Int(order[end])] == keys[Int(order[start])] { end += 1 }
            if end - start > 1 {
                order[start..<end].sort { left, right in
                    let result = compare(left, right)
                    return result != 0 ? result < 0 : left < right
                }
            }
            start = end
        }
        return order
    }
}

/// The bits in which not all keys agree.
private func differingBits(_ keys: Span<UInt64>) -> UInt64 {
    guard let first = keys.indices.first.map({ keys[$0] }) else { return 0 }
    var differing: UInt64 = 0
    for index in keys.indices { differing |= keys[index] ^ first }
    return differing
}

/// One pass of a counting sort.
private func distribute(
    _ keys: Span<UInt64>, _ order: Span<UInt32>, shift: UInt64, into result: consuming MutableSpan<UInt32>,
) {
    var starts = [Int](repeating: 0, count: 257)
    var cursors = starts.mutableSpan
    for index in keys.indices { cursors[Int(keys[index] &>> shift & 0xFF) &+ 1] &+= 1 }
    for byte in 1..<257 { cursors[byte] &+= cursors[byte &- 1] }
    for index in order.indices {
        let byte = Int(keys[Int(order[index])] &>> shift & 0xFF)
        result[cursors[byte]] = order[index]
        cursors[byte] &+= 1
    }
}
