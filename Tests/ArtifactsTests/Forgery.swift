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
    var counts: [UInt64]
    /// The footer's JSON.
    var metadata: String
    /// Blocks that stand behind the others.
    var extras: [(section: UInt8, part: UInt8, block: EncodedBlock)] = []

    /// The parts of a good file.
    init(_ artifact: Artifact, metadata: String) {
        let rows = artifact.rows
        rowKeys = rows.rowKeys
        memberKeys = rows.memberKeys
        rowLengths = (0..<rows.rowCount).map { UInt32(rows.entries(ofRow: $0).count) }
        members = rows.members
        counts = rows.counts
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
