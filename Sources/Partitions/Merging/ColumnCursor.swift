import Columns
import Platform

/// The values of one column of a file, read once from the first to the last, a block at a time.
struct ColumnCursor<Value: ColumnValue> {
    private let container: ContainerReader
    private let zstandard: Zstandard
    private let first: Int
    private var blocks: ArraySlice<Int>
    private var block: [Value] = []
    private var position = 0

    /// - Throws: `FormatError` if the section does not have `count` rows.
    init(
        _ container: ContainerReader, _ section: PartitionFormat.Section, count: Int, using zstandard: Zstandard,
    ) throws(FormatError) {
        try container.checkRowCount(section: section.rawValue, count: count)
        self.container = container
        self.zstandard = zstandard
        blocks = container.blockIndices(section: section.rawValue)[...]
        first = blocks.first ?? 0
    }

    /// The next `count` values, which there must be.
    ///
    /// - Throws: `FormatError` if a block is damaged.
    mutating func next(_ count: Int) throws(FormatError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        while values.count < count {
            if position == block.count { try load() }
            let end = min(block.count, position + count - values.count)
            values.append(contentsOf: block[position..<end])
            position = end
        }
        return values
    }

    private mutating func load() throws(FormatError) {
        let index = blocks.removeFirst()
        block = try container.values(ofBlock: index, as: Value.self, using: zstandard)
        container.releasePages(ofBlocks: first...index)
        position = 0
    }
}
