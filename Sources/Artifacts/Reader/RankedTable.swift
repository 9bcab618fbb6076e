import Builders
import Columns

/// The rows of an artifact in memory, for look-ups by key.
final class RankedTable: Sendable {
    let rows: RowIndex
    private let memberKeys: IdentifierList
    private let entries: Entries

    /// What there is of every entry: as few places of memory as can be to wait for.
    private enum Entries: Sendable {
        case members([UInt32])
        /// The member in the lower half, the count in the upper one.
        case counted([UInt64])
        case scored([UInt32], scores: [Double])
    }

    /// Reads all entries.
    ///
    /// - Throws: `FormatError` if a block is damaged.
    init(_ scan: inout ArtifactScan) throws(FormatError) {
        memberKeys = scan.memberKeys
        rows = RowIndex(scan.rowKeys, lengths: scan.rowLengths)
        entries =
            switch scan.metadata.valueKind {
            case .none: .members(try RankedTable.readMembers(&scan))
            case .counts: .counted(try RankedTable.readCounted(&scan))
            case .scores: try RankedTable.readScored(&scan)
            }
    }

    /// Number of entries of all rows.
    var entryCount: Int {
        switch entries {
        case .members(let members), .scored(let members, _): members.count
        case .counted(let entries): entries.count
        }
    }

    /// The index of an entry's member, and its score or its count; 0 where it has neither.
    func entry(at place: Int) -> (member: Int, score: Double) {
        switch entries {
        case .members(let members): (Int(members[place]), 0)
        case .counted(let entries):
            (Int(truncatingIfNeeded: entries[place] & 0xFFFF_FFFF), Double(entries[place] >> 32))
        case .scored(let members, let scores): (Int(members[place]), scores[place])
        }
    }

    /// The id or the tag that a member is.
    func id(ofMember member: Int) -> String { memberKeys.string(at: member) }

    private static func readMembers(_ scan: inout ArtifactScan) throws(FormatError) -> [UInt32] {
        var members: [UInt32] = []
        members.reserveCapacity(scan.metadata.entryCount)
        while let piece = try scan.readPiece() { members += piece.members }
        return members
    }

    private static func readCounted(_ scan: inout ArtifactScan) throws(FormatError) -> [UInt64] {
        var entries: [UInt64] = []
        entries.reserveCapacity(scan.metadata.entryCount)
        while let piece = try scan.readPiece() {
            for (member, count) in zip(piece.members, piece.counts) {
                entries.append(UInt64(count) << 32 | UInt64(member))
            }
        }
        return entries
    }

    private static func readScored(_ scan: inout ArtifactScan) throws(FormatError) -> Entries {
        var members: [UInt32] = []
        var scores: [Double] = []
        members.reserveCapacity(scan.metadata.entryCount)
        scores.reserveCapacity(scan.metadata.entryCount)
        while let piece = try scan.readPiece() {
            members += piece.members
            for bits in piece.scoreBits { scores.append(Double(bitPattern: bits)) }
        }
        return .scored(members, scores: scores)
    }
}
