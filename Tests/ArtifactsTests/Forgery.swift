import Artifacts
import Builders
import Columns
import Platform

/// The parts of an artifact file, to be put together wrongly: with right checksums, so that only its content is wrong.
struct Forgery {
    var rowKeys: IdentifierList
    var memberKeys: IdentifierList
    var rowLengths: [UInt32]
    var members: [UInt32]
    /// Of more bits than they may have.
    var counts: [UInt64]
    var scores: [UInt64]
    /// The footer's JSON.
    var metadata: String
    /// Blocks that stand behind the others.
    var extras: [(section: UInt8, part: UInt8, block: EncodedBlock)] = []

    /// The parts of a good file.
    init(_ artifact: Artifact, metadata: String) throws {
        let rows = artifact.rows
        rowKeys = rows.rowKeys
        memberKeys = rows.memberKeys
        let entries = 0..<rows.entryCount
        rowLengths = try rows.rowLengths(in: 0..<rows.rowCount)
        members = try rows.members(in: entries)
        counts = rows.valueKind == .counts ? try rows.counts(in: entries).map { UInt64($0) } : []
        scores = rows.valueKind == .scores ? try rows.scoreBits(in: entries) : []
        self.metadata = metadata
    }

    /// The file of the parts as they are now.
    var assembled: [UInt8] {
        let zstandard = Zstandard()
        var writer = ContainerWriter(format: ArtifactFormat.file)
        writer.append(section: Section.rowDictionary.rawValue, dictionary: rowKeys, using: zstandard)
        writer.append(section: Section.memberDictionary.rawValue, dictionary: memberKeys, using: zstandard)
        writer.append(section: Section.rowLength.rawValue, column: rowLengths, using: zstandard)
        writer.append(section: Section.member.rawValue, column: members, using: zstandard)
        writer.append(section: Section.count.rawValue, column: counts, using: zstandard)
        writer.append(section: Section.score.rawValue, column: scores, using: zstandard)
        for extra in extras { writer.append(section: extra.section, part: extra.part, extra.block) }
        return writer.finish(metadata: Array(metadata.utf8))
    }

    /// Replaces a part of the metadata, which must be there.
    mutating func replace(_ old: String, with new: String) {
        precondition(metadata.contains(old), "the metadata has no \(old)")
        metadata = metadata.replacing(old, with: new)
    }

    private typealias Section = ArtifactFormat.Section
}
