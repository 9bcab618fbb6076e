import Columns
import Events
import TestSupport

@testable import Ingest

/// What the decoder and the collector make of lines, without a file.
struct DecodedLines {
    let collector: CollectedEvents
    let lineCount: Int

    /// - Parameter padding: What stands behind the lines. It may be anything, and must not matter.
    init(
        _ bytes: [UInt8], isStrict: Bool = false, maximumLineByteCount: Int = 1 << 20,
        padding: UInt8 = UInt8(ascii: "1"),
    ) {
        let decoder = EventDecoder(
            maximumRank: EventField.maximumRank, maximumLineByteCount: maximumLineByteCount, isStrict: isStrict)
        var collector = EventCollector(scope: IngestScope(), maximumLineByteCount: maximumLineByteCount)
        var chunk = LineChunk()
        chunk.bytes = bytes + [UInt8](repeating: padding, count: LineChunk.paddingByteCount)
        chunk.byteCount = bytes.count
        lineCount = decoder.decode(chunk) { batch in
            collector.append(batch, ofChunk: 0)
            return batch.lineCount
        }
        self.collector = CollectedEvents([collector], input: "f.jsonl", chunkCount: 1)
    }

    init(_ text: String, isStrict: Bool = false) {
        self.init(Array(text.utf8), isStrict: isStrict)
    }

    init(_ line: EventLine, isStrict: Bool = false) {
        self.init(line.text, isStrict: isStrict)
    }

    /// The bad records that are described, as `file:line: field: reason`.
    var rejects: [String] { collector.firstRejects.map(\.description) }

    /// All events, partition by partition in ascending order of the keys.
    var exposures: [Exposure] { collector.partitionKeys.flatMap { exposures(of: $0) } }

    /// The events of a partition, in its order.
    func exposures(of key: PartitionKey) -> [Exposure] { collector.columns(of: key).exposures }
}

extension CollectedEvents {
    /// What collectors have met of the chunks of a single input.
    init(_ collectors: [EventCollector], input: String, chunkCount: Int) {
        let finished = ChunkQueue.FinishedInput(name: input, byteCount: 0, digest: "", sequenceEnd: chunkCount)
        self.init(collectors, inputs: [finished])
    }
}
