/// Sorts by keys of 64 bits, a byte at a time from the least significant one on.
enum RadixOrder {
    /// The indices of `keys` in ascending order of the keys, equal keys as they stand.
    ///
    /// Bits in which all keys agree are left out first, so that short and similar keys, such as the prefixes of decimal
    /// numbers, are sorted in few passes.
    static func indices(_ keys: [UInt64]) -> [UInt32] {
        let differing = differingBits(keys.span)
        let bitCount = differing.nonzeroBitCount
        if bitCount <= 32 { return packedOrder(keys.span, differing, bitCount) }
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

    /// The order of keys that differ in no more than 32 bits: those bits and the index share a number, so that a pass
    /// reads memory from front to back.
    private static func packedOrder(_ keys: Span<UInt64>, _ differing: UInt64, _ bitCount: Int) -> [UInt32] {
        var packed = packedKeys(keys, differing)
        var other = [UInt64](repeating: 0, count: packed.count)
        for shift in stride(from: 32, to: 32 + bitCount, by: 8) {
            distribute(packed.span, shift: UInt64(shift), into: other.mutableSpan)
            swap(&packed, &other)
        }
        return lowHalves(packed.span)
    }
}

/// The bits in which not all keys agree.
private func differingBits(_ keys: Span<UInt64>) -> UInt64 {
    guard let first = keys.indices.first.map({ keys[$0] }) else { return 0 }
    var differing: UInt64 = 0
    for index in keys.indices { differing |= keys[index] ^ first }
    return differing
}

/// Numbers whose upper halves hold the bits of the keys that `mask` names, in their order, and the lower ones the
/// indices.
private func packedKeys(_ keys: Span<UInt64>, _ mask: UInt64) -> [UInt64] {
    var packed = [UInt64](repeating: 0, count: keys.count)
    var target = packed.mutableSpan
    for index in keys.indices { target[index] = UInt64(truncatingIfNeeded: index) }
    var rest = mask
    var position = 32
    while rest != 0 {
        // The lowest run of ones moves as a whole: down, or up from where it stands in the lower half.
        let start = rest.trailingZeroBitCount
        let length = (~(rest >> UInt64(start))).trailingZeroBitCount
        let run = (length < 64 ? (1 << UInt64(length)) - 1 : UInt64.max) << UInt64(start)
        let (down, up) = (UInt64(max(0, start - position)), UInt64(max(0, position - start)))
        for index in keys.indices { target[index] |= ((keys[index] & run) &>> down) &<< up }
        rest &= ~run
        position += length
    }
    return packed
}

private func lowHalves(_ numbers: Span<UInt64>) -> [UInt32] {
    var halves = [UInt32](repeating: 0, count: numbers.count)
    var target = halves.mutableSpan
    for index in numbers.indices { target[index] = UInt32(truncatingIfNeeded: numbers[index]) }
    return halves
}

/// One pass of a counting sort of numbers.
private func distribute(_ numbers: Span<UInt64>, shift: UInt64, into result: consuming MutableSpan<UInt64>) {
    var starts = [Int](repeating: 0, count: 257)
    var cursors = starts.mutableSpan
    for index in numbers.indices { cursors[Int(numbers[index] &>> shift & 0xFF) &+ 1] &+= 1 }
    for byte in 1..<257 { cursors[byte] &+= cursors[byte &- 1] }
    for index in numbers.indices {
        let byte = Int(numbers[index] &>> shift & 0xFF)
        result[cursors[byte]] = numbers[index]
        cursors[byte] &+= 1
    }
}

/// One pass of a counting sort of the indices of keys.
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
