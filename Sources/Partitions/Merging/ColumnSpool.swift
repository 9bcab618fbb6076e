import Columns
import Platform

/// Encodes a column whose values come piece by piece.
struct ColumnSpool<Value: ColumnValue> {
    private(set) var blocks: [SpooledBlock] = []
    private var pending: [Value] = []
    private let section: PartitionFormat.Section
    private let blockRowCount: Int
    private let spool: BlockSpool
    private let zstandard: Zstandard

    init(
        _ section: PartitionFormat.Section, _ layout: PartitionLayout, to spool: BlockSpool,
        using zstandard: Zstandard,
    ) {
        self.section = section
        self.blockRowCount = layout.blockRowCount
        self.spool = spool
        self.zstandard = zstandard
    }

    /// Adds values at the end.
    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    mutating func append(_ values: ArraySlice<Value>) throws(StorageError) {
        var rest = values
        while pending.count + rest.count >= blockRowCount {
            let room = blockRowCount - pending.count
            pending.append(contentsOf: rest.prefix(room))
            rest = rest.dropFirst(room)
            try flush()
        }
        pending.append(contentsOf: rest)
    }

    /// Encodes the values that are left.
    mutating func finish() throws(StorageError) {
        if !pending.isEmpty { try flush() }
    }

    private mutating func flush() throws(StorageError) {
        for block in EncodedBlock.encode(column: pending, blockRowCount: blockRowCount, using: zstandard) {
            blocks.append(try spool.append(section: section.rawValue, block))
        }
        pending.removeAll(keepingCapacity: true)
    }
}
