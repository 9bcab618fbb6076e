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
    private var entries: EntryScan

    private typealias Section = ArtifactFormat.Section

    /// Reads everything but the entries.
    ///
    /// - Throws: `FormatError` if the file is of another format, newer, or damaged, like `readPiece`.
    init(_ file: DataFile) throws(FormatError) {
        let (container, metadata) = try ArtifactScan.open(file)
        let zstandard = Zstandard()
        self.metadata = metadata
        rowKeys = try ArtifactScan.ids(.rowDictionary, metadata.rowKeyCount, container, zstandard)
        memberKeys = try ArtifactScan.ids(.memberDictionary, metadata.memberKeyCount, container, zstandard)
        rowLengths = try ArtifactScan.rowLengths(metadata, container, zstandard)
        entries = try EntryScan(container, metadata, using: zstandard)
    }

    /// Reads the footer.
    static func open(_ file: DataFile) throws(FormatError) -> (container: ContainerReader, metadata: ArtifactMetadata) {
        let container = try ContainerReader(file, format: ArtifactFormat.file)
        return (container, try ArtifactMetadata(of: container))
    }

    /// Reads everything, and keeps nothing: with no more than some blocks in memory.
    ///
    /// - Throws: `FormatError` as `init` and `readPiece`.
    static func verify(_ file: DataFile) throws(FormatError) -> ArtifactMetadata {
        let (container, metadata) = try open(file)
        let zstandard = Zstandard()
        for (section, count) in [
            (Section.rowDictionary, metadata.rowKeyCount), (.memberDictionary, metadata.memberKeyCount),
        ] {
            try container.checkIdentifierCount(section: section.rawValue, count: count)
            try container.checkAscending(section: section.rawValue, using: zstandard)
        }
        var entries = try EntryScan(container, metadata, using: zstandard)
        while try entries.readPiece() != nil {}
        return metadata
    }

    /// The next entries, or nil behind the last one.
    mutating func readPiece() throws(FormatError) -> EntryScan.Piece? { try entries.readPiece() }

    private static func ids(
        _ section: Section, _ count: Int, _ container: ContainerReader, _ zstandard: Zstandard,
    ) throws(FormatError) -> IdentifierList {
        let ids = try container.dictionary(section: section.rawValue, count: count, using: zstandard)
        if let index = ids.firstMisplaced {
            throw container.corrupt(misplacedIdentifier: index, in: section.rawValue)
        }
        return ids
    }

    private static func rowLengths(
        _ metadata: ArtifactMetadata, _ container: ContainerReader, _ zstandard: Zstandard,
    ) throws(FormatError) -> [UInt32] {
        var rows = try RowCuts(container, metadata, using: zstandard)
        var lengths: [UInt32] = []
        lengths.reserveCapacity(metadata.rowCount)
        while case let block = try rows.readLengths(), !block.isEmpty { lengths += block }
        guard lengths.reduce(0, { $0 + Int($1) }) == metadata.entryCount else { throw rows.wrongSum() }
        return lengths
    }
}
