import Artifacts
import Builders
import Columns
import Events
import Platform
import SystemPackage

/// All that a summary says of a file but what made it. No block is decoded: stored bytes are compared with their
/// checksums.
struct FileSummary: Sendable {
    let type: String
    let format: Int
    /// Whose it is and what it holds; none if the footer cannot be relied on.
    let identity: [Fact]
    /// What shaped an artifact.
    let parameters: [Fact]
    let byteCount: Int
    let digest: SHA256Digest
    let columns: [ColumnSummary]
    /// Rows of a partition, entries of an artifact; nil if the footer cannot be relied on.
    let rowCount: Int?
    /// `row` or `entry`.
    let rowName: String
    let blockCount: Int
    let damagedBlockCount: Int
    let headerProblem: FormatError?
    let footerProblem: FormatError?
    /// What is wrong with the file.
    let damage: [any Failure]

    /// - Throws: `StorageError` if the file cannot be read; `Interruption`.
    init(_ dump: DumpFile) throws {
        let inspection = dump.inspection
        digest = try FileSummary.digest(of: dump.file)
        let damaged = try FileSummary.damagedBlocks(of: dump)
        type = dump.typeName
        format = Int(inspection.header.content?.version ?? 0)
        byteCount = dump.file.byteCount
        columns = ColumnSummary.all(of: inspection, damaged: damaged.map(\.block))
        blockCount = inspection.blocks.count
        damagedBlockCount = damaged.count
        headerProblem = dump.headerProblem
        footerProblem = dump.footerProblem
        var damage: [any Failure] = dump.problems + damaged.map(\.problem)
        switch dump.content {
        case .success(.partition(let reader)):
            (identity, parameters) = (Fact.facts(of: reader), [])
            (rowCount, rowName) = (reader.rowCount, "row")
        case .success(.artifact(let rows)):
            (identity, parameters) = (Fact.facts(of: rows), rows.parameters.map { Fact($0) })
            (rowCount, rowName) = (rows.entryCount, "entry")
            damage += FileSummary.misnaming(digest, dump)
        case .failure(let problem):
            (identity, parameters) = ([], [])
            (rowCount, rowName) = (nil, "row")
            if damage.isEmpty { damage = [problem] }
        }
        self.damage = damage
    }

    /// The SHA-256 of a file, of which no more than a piece is in memory.
    private static func digest(of file: DataFile) throws -> SHA256Digest {
        var hasher = SHA256Hasher()
        var offset = 0
        try file.forEachPiece { piece in
            try Cancellation.check()
            hasher.update(piece)
            file.releasePages(of: offset..<offset + piece.byteCount)
            offset += piece.byteCount
        }
        return hasher.finish()
    }

    private static func damagedBlocks(
        of dump: DumpFile,
    ) throws -> [(block: InspectedBlock, problem: FormatError)] {
        var damaged: [(InspectedBlock, FormatError)] = []
        for block in dump.inspection.blocks {
            try Cancellation.check()
            if let problem = block.problem { damaged.append((block, problem)) }
            guard let index = block.readerIndex else { continue }
            let range = block.place.offset..<block.place.offset + block.entry.storedByteCount
            let isRight = try dump.file.withBytes(range) { Checksum.xxh3($0) == block.entry.checksum }
            dump.container.releasePages(ofBlocks: index...index)
            if !isRight {
                let reason = "the checksum of the stored bytes does not match"
                damaged.append((block, dump.container.corrupt(block: index, reason)))
            }
        }
        return damaged
    }

    /// An artifact whose name is another version.
    private static func misnaming(_ digest: SHA256Digest, _ dump: DumpFile) -> [any Failure] {
        guard let stem = dump.file.path.stem, SHA256Digest(hexadecimal: stem) != nil, stem != digest.hexadecimal
        else { return [] }
        return [FormatError(.corrupt, dump.file.path, "its SHA-256 is not its name, but \(digest)")]
    }
}

extension Fact {
    /// What the footer of a partition says.
    fileprivate static func facts(of reader: PartitionReader) -> [Fact] {
        let statistics = reader.statistics
        let key = statistics.key
        let times =
            reader.rowCount == 0
            ? []
            : [("earliest", statistics.earliest), ("latest", statistics.latest)].map { name, time in
                Fact(name, Timestamp(day: key.day, nanosecondOfDay: time).description)
            }
        return [
            Fact("tenant", key.surfaceKey.tenant.text), Fact("surface", key.surfaceKey.surface.text),
            Fact("day", key.day.description), Fact("rows", reader.rowCount),
        ] + times + [
            Fact("users", statistics.userCount), Fact("sessions", statistics.sessionCount),
            Fact("requests", statistics.requestCount), Fact("items", statistics.itemCount),
        ]
    }

    /// What the footer of an artifact says.
    fileprivate static func facts(of rows: ArtifactRows) -> [Fact] {
        let key = rows.key
        let segment = key.owner.segment.map { [Fact("segment", $0.text)] } ?? []
        return [
            Fact("artifact_type", key.kind.rawValue), Fact("tenant", key.owner.tenant.text),
            Fact("surface", key.owner.surface.text),
        ] + segment + [
            Fact("first_day", key.window.start.description), Fact("last_day", key.window.end.description),
            Fact("rows", rows.rowCount), Fact("entries", rows.entryCount), Fact("row_ids", rows.rowKeys.count),
            Fact("member_ids", rows.memberKeys.count), Fact("values", rows.valueKind.name),
        ]
    }
}

extension RankedRows.ValueKind {
    /// What entries have beside their ids.
    fileprivate var name: String {
        switch self {
        case .none: "none"
        case .counts: "counts"
        case .scores: "scores"
        }
    }
}
