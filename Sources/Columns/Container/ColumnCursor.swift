package import Platform

/// Reads a section that is a column from its first value to its last, so many at a time, whatever its blocks hold.
package struct ColumnCursor<Value: ColumnValue> {
    private let container: ContainerReader
    private let zstandard: Zstandard
    private var blocks: ArraySlice<Int>
    /// What was decoded and not given out.
    private var pending: ArraySlice<Value> = []

    /// - Throws: `FormatError` if the section table does not promise `count` values.
    package init(
        _ container: ContainerReader, section: UInt8, count: Int, using zstandard: Zstandard,
    ) throws(FormatError) {
        try container.checkRowCount(section: section, count: count)
        self.container = container
        self.zstandard = zstandard
        blocks = container.blockIndices(section: section)[...]
    }

    /// True if all values were given out.
    package var isAtEnd: Bool { blocks.isEmpty && pending.isEmpty }

    /// The next `count` values, which the section must have.
    ///
    /// - Throws: `FormatError` if a block is damaged.
    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    package mutating func read(_ count: Int) throws(FormatError) -> [Value] {
        var values = try nextBlock(whole: count)
        while values.count < count {
            if pending.isEmpty { pending = try decode()[...] }
            let part = pending.prefix(count - values.count)
            values.append(contentsOf: part)
            pending.removeFirst(part.count)
        }
        return values
    }

    /// The next block as it is, if nothing is pending and it has just so many values; else none of them.
    private mutating func nextBlock(whole count: Int) throws(FormatError) -> [Value] {
        guard pending.isEmpty, let next = blocks.first, container.entries[next].rowCount == count else { return [] }
        return try decode()
    }

    private mutating func decode() throws(FormatError) -> [Value] {
        let index = blocks.removeFirst()
        return try container.values(ofBlock: index, as: Value.self, using: zstandard)
    }
}
