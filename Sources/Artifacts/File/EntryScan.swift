import Builders
import Columns
import Platform

/// Reads the entries of an artifact file from the first to the last, and gives out none that it has not checked. No
/// more than a block of them is in memory.
struct EntryScan {
    private typealias Section = ArtifactFormat.Section

    private let checks: EntryChecks
    private let metadata: ArtifactMetadata
    private var rows: RowCuts
    private var members: ColumnCursor<UInt32>
    private var counts: ColumnCursor<UInt32>
    private var scores: ColumnCursor<UInt64>
    private var ranking = RankingCheck()
    private var firstEntry = 0

    /// Entries that stand together. Counts or scores are empty where the artifact has none.
    struct Piece {
        let members: [UInt32]
        let counts: [UInt32]
        let scoreBits: [UInt64]
    }

    /// - Throws: `FormatError` if the section table does not promise what the metadata say.
    init(
        _ container: ContainerReader, _ metadata: ArtifactMetadata, using zstandard: Zstandard,
    ) throws(FormatError) {
        checks = EntryChecks(container, metadata)
        self.metadata = metadata
        rows = try RowCuts(container, metadata, using: zstandard)
        let count = metadata.entryCount
        let (countedCount, scoredCount) = (
            metadata.valueKind == .counts ? count : 0, metadata.valueKind == .scores ? count : 0
        )
        members = try ColumnCursor(container, section: Section.member.rawValue, count: count, using: zstandard)
        counts = try ColumnCursor(container, section: Section.count.rawValue, count: countedCount, using: zstandard)
        scores = try ColumnCursor(container, section: Section.score.rawValue, count: scoredCount, using: zstandard)
    }

    /// The next entries, or nil behind the last one.
    ///
    /// - Throws: `FormatError` if something is damaged.
    mutating func readPiece() throws(FormatError) -> Piece? {
        let count = min(metadata.entryCount - firstEntry, EncodedBlock.maximumRowCount)
        if count == 0 {
            try rows.finish()
            return nil
        }
        let members = try readMembers(count)
        let rows = try rows.next(count)
        defer { firstEntry += count }
        switch metadata.valueKind {
        case .none: return Piece(members: members, counts: [], scoreBits: [])
        case .counts:
            let counts = try readCounts(count)
            let misplaced = ranking.firstMisplaced(members.span, counts.span, rows)
            if let misplaced { throw checks.misplaced(entry: firstEntry + misplaced) }
            return Piece(members: members, counts: counts, scoreBits: [])
        case .scores:
            let bits = try readScores(count)
            let keys = bits.map { Double(bitPattern: $0).orderKey }
            let misplaced = ranking.firstMisplaced(members.span, keys.span, rows)
            if let misplaced { throw checks.misplaced(entry: firstEntry + misplaced) }
            return Piece(members: members, counts: [], scoreBits: bits)
        }
    }

    private mutating func readMembers(_ count: Int) throws(FormatError) -> [UInt32] {
        let members = try self.members.read(count)
        try checks.check(members: members, first: firstEntry)
        return members
    }

    private mutating func readCounts(_ count: Int) throws(FormatError) -> [UInt32] {
        let counts = try self.counts.read(count)
        try checks.check(counts: counts, first: firstEntry)
        return counts
    }

    private mutating func readScores(_ count: Int) throws(FormatError) -> [UInt64] {
        let bits = try scores.read(count)
        try checks.check(scoreBits: bits, first: firstEntry)
        return bits
    }
}

extension Double {
    /// A number that sorts as this one does, which is finite and no negative zero.
    fileprivate var orderKey: UInt64 {
        let signBit: UInt64 = 1 << 63
        return bitPattern & signBit == 0 ? bitPattern | signBit : ~bitPattern
    }
}
