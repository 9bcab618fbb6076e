import Platform
import TestSupport
import Testing

@testable import Columns

/// A golden partition file: what it holds, spelled out, and how it was made.
struct GoldenPartition: Sendable, CustomTestStringConvertible {
    let name: String
    let key: PartitionKey
    /// The events in the order of their rows.
    let exposures: [Exposure]
    /// True if its expected rows are so many that they are kept compressed.
    let isLarge: Bool
    private let make: @Sendable (ExposureColumns, PartitionKey) throws -> [UInt8]

    /// A file that the writer makes, unless `make` says another way.
    init(
        _ name: String, _ exposures: [Exposure], of key: PartitionKey = .fixture(), isLarge: Bool = false,
        make: @escaping @Sendable (ExposureColumns, PartitionKey) throws -> [UInt8] = { columns, key in
            PartitionEncoder.encode(columns, key: key, using: Zstandard())
        },
    ) {
        self.name = name
        self.exposures = exposures
        self.key = key
        self.isLarge = isLarge
        self.make = make
    }

    var testDescription: String { name }

    /// The bytes of the file as they are made today.
    func madeToday() throws -> [UInt8] { try make(ExposureColumns(exposures), key) }

    /// The bytes of the file.
    func bytes() throws -> [UInt8] { try GoldenFolder.bytes("\(name).rspart") { try madeToday() } }

    /// The file beside it with its events, as lines, and what is spelled out of them here today.
    func expectedRows() throws -> (then: [UInt8], now: [UInt8]) {
        let lines = GoldenLines.events(exposures, of: key)
        let zstandard = Zstandard()
        guard isLarge else { return (try GoldenFolder.bytes("\(name).jsonl") { lines }, lines) }
        let frame = try GoldenFolder.bytes("\(name).jsonl.zst") { zstandard.compress(lines, level: 17) }
        return (zstandard.decompress(frame.rawSpan, byteCount: lines.count) ?? [], lines)
    }

    /// The file beside it with what its footer says, and what is spelled out of it here today.
    func expectedStatistics() throws -> (then: [UInt8], now: [UInt8]) {
        let statistics = GoldenLines.statistics(exposures, of: key)
        return (try GoldenFolder.bytes("\(name).json") { statistics }, statistics)
    }

    static let all = written + encodings + handmade + large
}
