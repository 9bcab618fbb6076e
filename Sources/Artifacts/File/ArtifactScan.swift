import Builders
import Columns
import Platform

/// Reads an artifact file from beginning to end, and gives out nothing that it has not checked.
///
/// The keys and the lengths of the rows are in memory, of the entries no more than a block.
struct ArtifactScan {
    let metadata: ArtifactMetadata
    let rowKeys: IdentifierList
    let memberKeys: IdentifierList
    let rowLengths: [UInt32]
    private let container: ContainerReader
    private var members: ColumnCursor<UInt32>
    private var counts: ColumnCursor<UInt32>
    private var scores: ColumnCursor<UInt64>
    private var ranking = RankingCheck()
    private var remainingCount: Int

    /// Entries that stand together. Counts or scores are empty where the artifact has none.
    struct Piece {
        let members: [UInt32]
        let counts: [UInt32]
        let scoreBits: [UInt64]
    }

    private typealias Section = ArtifactFormat.Section

    /// Reads everything but the entries.
    ///
    /// - Throws: `FormatError` if the file is of another format, newer, or damaged, like `readPiece`.
    init(_ file: DataFile) throws(FormatError) {
        let (container, metadata) = try ArtifactScan.open(file)
        let zstandard = Zstandard()
        self.container = container
        self.metadata = metadata
        rowKeys = try ArtifactScan.ids(.rowDictionary, metadata.rowKeyCount, container, zstandard)
        memberKeys = try ArtifactScan.ids(.memberDictionary, metadata.memberKeyCount, container, zstandard)
        rowLengths = try ArtifactScan.rowLengths(metadata, container, zstandard)
        let (countedCount, scoredCount) = (
            metadata.valueKind == .counts ? metadata.entryCount : 0,
            metadata.valueKind == .scores ? metadata.entryCount : 0
        )
        members = try ColumnCursor(
            container, section: Section.member.rawValue, count: metadata.entryCount, using: zstandard)
        counts = try ColumnCursor(container, section: Section.count.rawValue, count: countedCount, using: zstandard)
        scores = try ColumnCursor(container, section: Section.score.rawValue, count: scoredCount, using: zstandard)
        remainingCount = metadata.entryCount
    }

    /// Reads the footer.
    static func open(_ file: DataFile) throws(FormatError) -> (container: ContainerReader, metadata: ArtifactMetadata) {
        let container = try ContainerReader(file, format: ArtifactFormat.file)
        return (container, try ArtifactMetadata(of: container))
    }

    /// The next entries, or nil behind the last one.
    mutating func readPiece() throws(FormatError) -> Piece? {
        if remainingCount == 0 { return nil }
        let count = min(remainingCount, EncodedBlock.maximumRowCount)
        remainingCount -= count
        let members = try self.members.read(count)
        guard members.allSatisfy({ Int($0) < metadata.memberKeyCount }) else {
            throw container.corrupt(section: Section.member.rawValue, "an entry is beyond the dictionary")
        }
        let lengths = rowLengths
        switch metadata.valueKind {
        case .none: return Piece(members: members, counts: [], scoreBits: [])
        case .counts:
            let counts = try readCounts(count)
            let isRanked = ranking.accepts(members.span, counts.span, lengths.span)
            try check(isRanked, Section.count)
            return Piece(members: members, counts: counts, scoreBits: [])
        case .scores:
            let bits = try readScores(count)
            let keys = bits.map { Double(bitPattern: $0).orderKey }
            let isRanked = ranking.accepts(members.span, keys.span, lengths.span)
            try check(isRanked, Section.score)
            return Piece(members: members, counts: [], scoreBits: bits)
        }
    }

    private mutating func readCounts(_ count: Int) throws(FormatError) -> [UInt32] {
        let counts = try self.counts.read(count)
        guard counts.allSatisfy({ $0 != 0 }) else {
            throw container.corrupt(section: Section.count.rawValue, "a count is zero")
        }
        return counts
    }

    private mutating func readScores(_ count: Int) throws(FormatError) -> [UInt64] {
        let bits = try scores.read(count)
        guard bits.allSatisfy({ Double(bitPattern: $0).isFinite && $0 != (-0.0).bitPattern }) else {
            throw container.corrupt(section: Section.score.rawValue, "a score is no finite number, or a negative zero")
        }
        return bits
    }

    private func check(_ isRanked: Bool, _ section: ArtifactFormat.Section) throws(FormatError) {
        if !isRanked { throw container.corrupt(section: section.rawValue, "the entries of a row are out of order") }
    }

    private static func ids(
        _ section: Section, _ count: Int, _ container: ContainerReader, _ zstandard: Zstandard,
    ) throws(FormatError) -> IdentifierList {
        let ids = try container.dictionary(section: section.rawValue, count: count, using: zstandard)
        guard ids.isStrictlyAscending else {
            throw container.corrupt(section: section.rawValue, "the ids are not in ascending order")
        }
        return ids
    }

    private static func rowLengths(
        _ metadata: ArtifactMetadata, _ container: ContainerReader, _ zstandard: Zstandard,
    ) throws(FormatError) -> [UInt32] {
        let section = Section.rowLength.rawValue
        let lengths = try container.column(
            section: section, count: metadata.rowCount, as: UInt32.self, using: zstandard)
        let mayBeEmpty = metadata.key.kind == .sessionSeq
        guard lengths.reduce(0, { $0 + Int($1) }) == metadata.entryCount, mayBeEmpty || lengths.min() != 0 else {
            throw container.corrupt(section: section, "the lengths of the rows do not add up")
        }
        return lengths
    }
}

extension Double {
    /// A number that sorts as this one does, which is finite and no negative zero.
    fileprivate var orderKey: UInt64 {
        let signBit: UInt64 = 1 << 63
        return bitPattern & signBit == 0 ? bitPattern | signBit : ~bitPattern
    }
}
