import Columns
import Platform

/// Encodes a dictionary whose ids come one by one.
struct DictionarySpool {
    private(set) var blocks: [SpooledBlock] = []
    private var pending = IdentifierList()
    private let column: IdentifierColumn
    private let layout: PartitionLayout
    private let spool: BlockSpool
    private let zstandard: Zstandard

    init(_ column: IdentifierColumn, _ layout: PartitionLayout, to spool: BlockSpool, using zstandard: Zstandard) {
        self.column = column
        self.layout = layout
        self.spool = spool
        self.zstandard = zstandard
    }

    /// Adds an id at the end.
    mutating func append(_ identifier: Span<UInt8>) throws(StorageError) {
        let isTooLong = pending.text.count + identifier.count > layout.blockTextByteCount
        if pending.count == layout.blockRowCount || isTooLong { try flush() }
        pending.append(identifier)
    }

    /// Encodes the ids that are left.
    mutating func finish() throws(StorageError) {
        try flush()
    }

    private mutating func flush() throws(StorageError) {
        let encoded = DictionaryBlocks.encode(pending, layout: layout, using: zstandard)
        for (part, block) in encoded {
            blocks.append(try spool.append(section: column.dictionary.rawValue, part: part.rawValue, block))
        }
        pending = IdentifierList()
    }
}
