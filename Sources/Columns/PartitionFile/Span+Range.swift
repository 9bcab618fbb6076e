extension Span where Element: ColumnValue {
    /// The place of the first value less than `least` or greater than `greatest`.
    ///
    /// Nearly always there is none, which one pass without a branch tells: of a value out of range, one of the two
    /// differences wraps around or is too great, and has its highest bit set. Where the range is more than half of all
    /// numbers, values within it may look so, too, and the second pass decides.
    @specialized(where Element == UInt32)
    @specialized(where Element == UInt64)
    func firstIndex(below least: Element, above greatest: Element) -> Int? {
        var differences: Element = 0
        for index in 0..<count { differences |= (self[index] &- least) | (greatest &- self[index]) }
        if differences.leadingZeroBitCount > 0 && least <= greatest { return nil }
        return indices.first { self[$0] < least || self[$0] > greatest }
    }
}
