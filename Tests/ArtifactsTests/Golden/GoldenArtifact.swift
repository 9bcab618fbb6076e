import Builders
import Events
import Platform
import TestSupport
import Testing

@testable import Artifacts

/// A golden artifact file: what it holds, spelled out, and how it was made.
struct GoldenArtifact: Sendable, CustomTestStringConvertible {
    typealias Row = GoldenLines.Row

    let name: String
    let key: ArtifactKey
    let parameters: [ArtifactParameter]
    let valueKind: RankedRows.ValueKind
    /// In the order of the file.
    let rows: [Row]
    /// True if its expected rows are so many that they are kept compressed.
    let isLarge: Bool
    private let make: @Sendable (Artifact) throws -> [UInt8]

    /// A file that the writer makes, unless `make` says another way.
    init(
        _ name: String, _ kind: ArtifactKind, of owner: SegmentKey = .fixture(), over window: Window = .fixture(),
        _ rows: [Row], _ valueKind: RankedRows.ValueKind = .counts, parameters: [ArtifactParameter] = [],
        isLarge: Bool = false, make: @escaping @Sendable (Artifact) throws -> [UInt8] = { encoded($0) },
    ) {
        self.name = name
        key = ArtifactKey(owner, kind, window)
        self.parameters = parameters
        self.valueKind = valueKind
        self.rows = rows
        self.isLarge = isLarge
        self.make = make
    }

    var testDescription: String { name }

    /// The artifact that it is.
    var artifact: Artifact {
        Artifact(key, rows: RankedRows(golden: rows, valueKind), parameters: parameters)
    }

    /// The bytes of the file as they are made today.
    func madeToday() throws -> [UInt8] { try make(artifact) }

    /// The bytes of the file.
    func bytes() throws -> [UInt8] { try GoldenFolder.bytes("\(name).rsart") { try madeToday() } }

    /// The file beside it with its rows, as lines, and what is spelled out of them here today.
    func expectedRows() throws -> (then: [UInt8], now: [UInt8]) {
        let lines = GoldenLines.rows(rows, of: key.kind)
        let zstandard = Zstandard()
        guard isLarge else { return (try GoldenFolder.bytes("\(name).jsonl") { lines }, lines) }
        let frame = try GoldenFolder.bytes("\(name).jsonl.zst") { zstandard.compress(lines, level: 17) }
        return (zstandard.decompress(frame.rawSpan, byteCount: lines.count) ?? [], lines)
    }

    /// The file beside it with what its footer says, and what is spelled out of it here today.
    func expectedMetadata() throws -> (then: [UInt8], now: [UInt8]) {
        let metadata = GoldenLines.metadata(rows, of: key, parameters, valueKind)
        return (try GoldenFolder.bytes("\(name).json") { metadata }, metadata)
    }

    static let all = counted + scored + empty + handmade + large
}

extension RankedRows {
    /// Rows as they are spelled out, in the order of their keys; a single one in popularity.
    init(golden rows: [GoldenLines.Row], _ valueKind: RankedRows.ValueKind) {
        let isKeyed = rows.first.map { !$0.key.isEmpty } ?? false
        switch valueKind {
        case .scores:
            self.init(scored: rows.map { row in (row.key, row.entries.map { ($0.id, $0.value.score) }) })
        case .counts where !isKeyed:
            self.init(popularity: rows.flatMap { row in row.entries.map { ($0.id, $0.value.count) } })
        case .counts, .none:
            self.init(
                rows.map { row in (row.key, row.entries.map { ($0.id, $0.value.count) }) },
                isCounted: valueKind == .counts)
        }
    }

    /// The rows spelled out.
    var golden: [GoldenLines.Row] {
        switch valueKind {
        case .scores: scoredRows.map { row in (row.key, row.entries.map { ($0.id, .score($0.score)) }) }
        case .counts: exampleRows.map { row in (row.key, row.entries.map { ($0.id, .count($0.count)) }) }
        case .none: exampleRows.map { row in (row.key, row.entries.map { ($0.id, .none) }) }
        }
    }
}

extension RankedRows.Value {
    fileprivate var count: UInt32 {
        if case .count(let count) = self { count } else { 0 }
    }

    fileprivate var score: Double {
        if case .score(let score) = self { score } else { 0 }
    }
}
