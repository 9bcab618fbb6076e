import CSimdjson
import Columns
import Events
import Platform
import SystemPackage
import TestSupport

@testable import Ingest

/// What the decoder and the collector make of lines, without a file.
struct DecodedLines {
    let lineCount: Int
    private let events: CollectedEvents
    private let problem: IngestError?

    /// The room of a chunk is large, so one serves all.
    private static let emptyChunk = LineChunk()

    /// - Parameter padding: What stands behind the lines. It may be anything, and must not matter.
    init(
        _ bytes: [UInt8], isStrict: Bool = false, maximumLineByteCount: Int = 1 << 20,
        padding: UInt8 = UInt8(ascii: "1"),
    ) {
        let decoder = EventDecoder(
            maximumRank: EventField.maximumRank, maximumLineByteCount: maximumLineByteCount, isStrict: isStrict)
        var collector = EventCollector(scope: IngestScope(), maximumLineByteCount: maximumLineByteCount)
        var chunk = DecodedLines.emptyChunk
        chunk.bytes = bytes + [UInt8](repeating: padding, count: Int(RECSYS_CHUNK_PADDING))
        chunk.byteCount = bytes.count
        lineCount = decoder.decode(chunk) { batch in
            collector.append(batch, ofChunk: 0)
            return batch.lineCount
        }
        let input = ChunkQueue.FinishedInput(name: "f.jsonl", byteCount: bytes.count, digest: "", sequenceEnd: 1)
        events = CollectedEvents([collector], runs: SpilledRuns(root: "", name: ""), inputs: [input])
        do throws(IngestError) {
            try events.checkRecords()
            problem = nil
        } catch {
            problem = error
        }
    }

    init(_ text: String, isStrict: Bool = false) {
        self.init(Array(text.utf8), isStrict: isStrict)
    }

    init(_ line: EventLine, isStrict: Bool = false) {
        self.init(line.text, isStrict: isStrict)
    }

    private var described: [RejectedRecord] {
        if case .badRecords(_, let first)? = problem { return first }
        return []
    }

    /// Bad records, described or not.
    var rejectCount: Int {
        if case .badRecords(let count, _)? = problem { return count }
        return 0
    }

    /// The bad records that are described, as `file:line: field: reason`.
    var rejects: [String] { described.map(\.description) }

    /// The lines of the bad records that are described.
    var rejectedLines: [Int] { described.map(\.line) }

    var unknownFieldCount: Int { events.report.unknownFieldCount }

    /// The partitions that have events, ascending.
    var partitionKeys: [PartitionKey] { events.partitionKeys }

    /// All events, partition by partition in ascending order of the keys.
    var exposures: [Exposure] { partitionKeys.flatMap { exposures(of: $0) } }

    /// The events of a partition, in its order.
    func exposures(of key: PartitionKey) -> [Exposure] { events.columns(of: key).exposures }
}

extension CollectedEvents {
    /// - Throws: `IngestError` if a record was bad.
    func checkRecords() throws(IngestError) {
        if rejectCount > 0 { throw .badRecords(count: rejectCount, first: firstRejects) }
    }
}
