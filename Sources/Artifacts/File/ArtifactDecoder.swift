import Builders
package import Columns
package import Platform

/// Reads artifact files, and gives out nothing that it has not checked.
package enum ArtifactDecoder {
    /// The artifact that a file holds. Every block is read and verified.
    ///
    /// - Throws: `FormatError` if the file is of another format, newer, or damaged.
    package static func decode(_ file: MappedFile) throws(FormatError) -> Artifact {
        let container = try ContainerReader(file, format: ArtifactFormat.file)
        try container.checkSections { Section(rawValue: $0) != nil }
        guard let metadata = ArtifactMetadata(encoded: container.metadata) else {
            throw FormatError(.corrupt, file.path, "corrupt footer: the metadata is malformed")
        }
        let rows = RankedRows(
            rowKeys: try ids(.rowDictionary, metadata.rowKeyCount, container),
            rowEnds: try rowEnds(metadata, container),
            memberKeys: try ids(.memberDictionary, metadata.memberKeyCount, container),
            members: try members(metadata, container),
            counts: try counts(metadata, container))
        return Artifact(metadata.key, rows: rows, parameters: metadata.parameters)
    }

    private typealias Section = ArtifactFormat.Section

    private static func ids(
        _ section: Section, _ count: Int, _ container: ContainerReader,
    ) throws(FormatError) -> IdentifierList {
        let ids = try container.dictionary(section: section.rawValue, count: count, using: Zstandard())
        guard ids.isStrictlyAscending else {
            throw container.corrupt(section: section.rawValue, "the ids are not in ascending order")
        }
        return ids
    }

    private static func rowEnds(_ metadata: ArtifactMetadata, _ container: ContainerReader) throws(FormatError) -> [Int]
    {
        let section = Section.rowLength.rawValue
        let lengths = try container.column(
            section: section, count: metadata.rowCount, as: UInt32.self, using: Zstandard())
        var ends: [Int] = []
        ends.reserveCapacity(lengths.count)
        for length in lengths { ends.append((ends.last ?? 0) + Int(length)) }
        let mayBeEmpty = metadata.key.kind == .sessionSeq
        guard ends.last ?? 0 == metadata.entryCount, mayBeEmpty || lengths.min() != 0 else {
            throw container.corrupt(section: section, "the lengths of the rows do not add up")
        }
        return ends
    }

    private static func members(
        _ metadata: ArtifactMetadata, _ container: ContainerReader,
    ) throws(FormatError) -> [UInt32] {
        let section = Section.member.rawValue
        let members = try container.column(
            section: section, count: metadata.entryCount, as: UInt32.self, using: Zstandard())
        guard members.allSatisfy({ Int($0) < metadata.memberKeyCount }) else {
            throw container.corrupt(section: section, "an entry is beyond the dictionary")
        }
        return members
    }

    private static func counts(
        _ metadata: ArtifactMetadata, _ container: ContainerReader,
    ) throws(FormatError) -> [UInt64] {
        let section = Section.count.rawValue
        let counts = try container.column(
            section: section, count: metadata.countedEntryCount, as: UInt64.self, using: Zstandard())
        guard counts.min() != 0 else { throw container.corrupt(section: section, "a count is zero") }
        return counts
    }
}
