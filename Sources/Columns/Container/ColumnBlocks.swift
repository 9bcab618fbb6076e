package import Platform

/// A section that is a column, of which only some values are read, in any order: a block is decoded when a value of it
/// is asked for, and the one that was decoded last is kept.
package struct ColumnBlocks<Value: ColumnValue> {
    private let container: ContainerReader
    private let zstandard: Zstandard
    private let check: ([Value], Int) throws(FormatError) -> Void
    /// The blocks of the section, as indices of the container's.
    package let indices: [Int]
    /// For each block the number of its first value, and behind them the number of all values.
    package let starts: [Int]
    private var latest: (place: Int, values: [Value])?

    /// - Parameters:
    ///   - count: How many values the section must have.
    ///   - check: Throws if the values of a block, the first of which has the number that comes with them, are none
    ///     that the format allows.
    /// - Throws: `FormatError` if the section table does not promise `count` values.
    package init(
        _ container: ContainerReader, section: UInt8, count: Int, using zstandard: Zstandard,
        check: @escaping ([Value], Int) throws(FormatError) -> Void = { _, _ in },
    ) throws(FormatError) {
        try container.checkRowCount(section: section, count: count)
        self.container = container
        self.zstandard = zstandard
        self.check = check
        indices = container.blockIndices(section: section)
        starts = indices.reduce(into: [0]) { $0.append($0[$0.count - 1] + container.entries[$1].rowCount) }
    }

    /// The values at `range`, which the section must have.
    ///
    /// - Throws: `FormatError` if a block of theirs is damaged.
    package mutating func values(in range: Range<Int>) throws(FormatError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(range.count)
        for place in places(of: range) {
            let block = try block(at: place)
            let (start, end) = (starts[place], starts[place + 1])
            values += block[max(0, range.lowerBound - start)..<(min(end, range.upperBound) - start)]
        }
        return values
    }

    /// The blocks that hold the values at `range`, as places in `indices`.
    package func places(of range: Range<Int>) -> Range<Int> {
        if range.isEmpty { return 0..<0 }
        return place(of: range.lowerBound)..<place(of: range.upperBound - 1) + 1
    }

    /// The place of the block with a value: blocks have at least one.
    private func place(of number: Int) -> Int {
        var (low, high) = (0, indices.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= number { low = middle } else { high = middle }
        }
        return low
    }

    private mutating func block(at place: Int) throws(FormatError) -> [Value] {
        if let latest, latest.place == place { return latest.values }
        latest = nil
        let values = try container.values(ofBlock: indices[place], as: Value.self, using: zstandard)
        try check(values, starts[place])
        container.releasePages(ofBlocks: indices[place]...indices[place])
        latest = (place, values)
        return values
    }
}
