import Builders
import Columns
package import Platform

/// Makes the bytes of an artifact file. Equal artifacts give equal bytes.
package enum ArtifactEncoder {
    package static func encode(_ artifact: Artifact, using zstandard: Zstandard) -> [UInt8] {
        let rows = artifact.rows
        var writer = ContainerWriter(format: ArtifactFormat.file)
        writer.append(section: Section.rowDictionary.rawValue, dictionary: rows.rowKeys, using: zstandard)
        writer.append(section: Section.memberDictionary.rawValue, dictionary: rows.memberKeys, using: zstandard)
        let lengths = (0..<rows.rowCount).map { UInt32(rows.entries(ofRow: $0).count) }
        writer.append(section: Section.rowLength.rawValue, column: lengths, using: zstandard)
        writer.append(section: Section.member.rawValue, column: rows.members, using: zstandard)
        writer.append(section: Section.count.rawValue, column: rows.counts, using: zstandard)
        return writer.finish(metadata: ArtifactMetadata(artifact).encoded)
    }

    private typealias Section = ArtifactFormat.Section
}
