import Columns
import Platform
import SystemPackage

/// The ids of a dictionary, one after the other in ascending order.
struct IdentifierCursor {
    /// Some ids, and where each stands in its dictionary.
    typealias Block = (identifiers: IdentifierList, indices: [UInt32])

    /// The number of the partition file that the dictionary is of.
    let source: Int
    private let order: IdentifierOrder
    private let nextBlock: () throws -> Block?
    private var block: Block = (IdentifierList(), [])
    private var position = 0
    /// The id that the cursor is at, shortened to a number that does not contradict the order.
    private(set) var key: UInt64 = 0

    /// - Parameter nextBlock: Gives the ids block by block, none of them empty.
    init(source: Int, _ order: IdentifierOrder, nextBlock: @escaping () throws -> Block?) throws {
        self.source = source
        self.order = order
        self.nextBlock = nextBlock
        try load()
    }

    var isAtEnd: Bool { position == block.indices.count }

    /// The id that the cursor is at.
    var current: Span<UInt8> {
        @_lifetime(borrow self)
        get { block.identifiers[position] }
    }

    /// Adds the id that the cursor is at to a union.
    ///
    /// Mutating, for else the cursor is copied out of its array to be asked.
    mutating func appendCurrent(to union: inout UnionWriter) throws(StorageError) {
        try union.append(block.identifiers[position])
    }

    /// True if the id that this cursor is at stands before that of the other.
    func isBefore(_ other: IdentifierCursor) -> Bool {
        order.isBefore(current, other.current)
    }

    /// Where that id stands in its dictionary.
    var index: Int { Int(block.indices[position]) }

    /// Goes on to the next id.
    ///
    /// - Throws: `FormatError` if the dictionary is damaged; `Interruption`.
    mutating func advance() throws {
        position += 1
        if isAtEnd { try load() } else { noteKey() }
    }

    private mutating func load() throws {
        try Cancellation.check()
        block = try nextBlock() ?? (IdentifierList(), [])
        position = 0
        if !isAtEnd { noteKey() }
    }

    private mutating func noteKey() {
        key = order.key(block.identifiers[position])
    }
}

extension IdentifierCursor {
    /// A cursor over the dictionary of a file in which it is ascending.
    static func ascending(
        source: Int, _ reader: PartitionReader, _ column: IdentifierColumn, using zstandard: Zstandard,
    ) throws -> IdentifierCursor {
        var indices = reader.container.blockIndices(section: column.dictionary.rawValue)[...]
        let first = indices.first
        var count = 0
        return try IdentifierCursor(source: source, column.order) {
            guard !indices.isEmpty else { return nil }
            var identifiers = IdentifierList()
            try reader.container.appendRun(from: &indices, to: &identifiers, using: zstandard)
            if let first, let next = indices.first { reader.container.releasePages(ofBlocks: first...(next - 1)) }
            defer { count += identifiers.count }
            return (identifiers, (count..<(count + identifiers.count)).map { UInt32($0) })
        }
    }

    /// Cursors over pieces of a dictionary that is in any order, each of which has been sorted.
    ///
    /// - Parameter folder: Where pieces are kept that are too large for memory.
    static func sorting(
        source: Int, _ reader: PartitionReader, _ column: IdentifierColumn, in folder: FilePath,
        using zstandard: Zstandard,
    ) throws -> [IdentifierCursor] {
        var indices = reader.container.blockIndices(section: column.dictionary.rawValue)[...]
        var cursors: [IdentifierCursor] = []
        var count = 0
        while !indices.isEmpty {
            var identifiers = IdentifierList()
            while !indices.isEmpty, identifiers.text.count + identifiers.count * 8 < SortedPiece.byteCount {
                try reader.container.appendRun(from: &indices, to: &identifiers, using: zstandard)
            }
            let piece = try SortedPiece(identifiers, column.order, firstIndex: count, in: folder)
            count += identifiers.count
            cursors.append(try IdentifierCursor(source: source, column.order) { piece.nextBlock() })
        }
        return cursors
    }
}

/// Some ids of a dictionary in ascending order, out of memory if they are many.
private final class SortedPiece {
    private let texts: IdentifierTexts
    private let indices: ScratchBuffer
    private var position = 0

    /// So large becomes a piece.
    static let byteCount = 16 << 20

    /// - Parameter firstIndex: Where the first of the ids stands in the dictionary.
    init(_ identifiers: IdentifierList, _ order: IdentifierOrder, firstIndex: Int, in folder: FilePath) throws {
        texts = IdentifierTexts(in: folder)
        indices = ScratchBuffer(in: folder)
        let sorted = order.indices(of: identifiers)
        for index in sorted { try texts.append(identifiers[Int(index)]) }
        try indices.append(numbers: sorted.map { UInt32(firstIndex) + $0 })
        try texts.finish()
        try indices.finish()
    }

    func nextBlock() -> IdentifierCursor.Block? {
        guard position < texts.count else { return nil }
        let layout = PartitionLayout.run
        let start = position
        var identifiers = IdentifierList()
        while position < texts.count, identifiers.count < layout.blockRowCount,
            identifiers.text.count < layout.blockTextByteCount
        {
            texts.withIdentifier(at: position) { identifiers.append($0) }
            position += 1
        }
        // All pieces are read in turns.
        texts.releaseAllPages()
        return (identifiers, indices.numbers(start..<position))
    }
}
