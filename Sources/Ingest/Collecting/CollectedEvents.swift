import Columns
import Events

/// What all threads together have met, brought into the order of the input.
struct CollectedEvents: Sendable {
    private let collectors: [EventCollector]
    private let inputs: [ChunkQueue.FinishedInput]
    private let partitions: [PartitionKey: [PartitionCollector]]
    /// Lines of each chunk.
    private let lineCounts: [Int]

    /// - Parameter collectors: Every chunk of the inputs is in one of them.
    init(_ collectors: [EventCollector], inputs: [ChunkQueue.FinishedInput]) {
        self.collectors = collectors
        self.inputs = inputs
        partitions = Dictionary(
            collectors.flatMap(\.partitions).map { ($0.key, [$0.collector]) }, uniquingKeysWith: { $0 + $1 })
        let byChunk = collectors.flatMap(\.lineCounts).sorted { $0.key < $1.key }
        lineCounts = byChunk.map(\.value)
    }

    /// The partitions that have events, ascending.
    var partitionKeys: [PartitionKey] { partitions.keys.sorted() }

    /// The tenants and surfaces in the scope, ascending.
    var surfaceKeys: [SurfaceKey] { Set(collectors.flatMap(\.surfaceKeys)).sorted() }

    /// The events of a partition, in the order of a partition.
    func columns(of key: PartitionKey) -> ExposureColumns {
        PartitionCollector.columns(of: partitions[key] ?? [])
    }

    /// What was read and counted.
    var report: IngestReport {
        var report = IngestReport()
        report.inputs = inputs.indices.map { index in
            let lineCount = lineCounts[sequences(of: index)].reduce(0, +)
            return IngestReport.Input(
                name: inputs[index].name, byteCount: inputs[index].byteCount, lineCount: lineCount,
                digest: inputs[index].digest)
        }
        report.eventCount = collectors.reduce(0) { $0 + $1.eventCount }
        report.outOfWindowCount = collectors.reduce(0) { $0 + $1.outOfWindowCount }
        report.outOfScopeCount = collectors.reduce(0) { $0 + $1.outOfScopeCount }
        report.unknownFieldCount = collectors.reduce(0) { $0 + $1.unknownFieldCount }
        return report
    }

    /// Number of bad records.
    var rejectCount: Int { collectors.reduce(0) { $0 + $1.rejectCount } }

    /// The first bad records, in the order of the input.
    var firstRejects: [RejectedRecord] {
        let first = collectors.flatMap(\.firstRejects).sorted { ($0.sequence, $0.line) < ($1.sequence, $1.line) }
        return first.prefix(EventCollector.describedRejectCount).map(described)
    }

    /// - Throws: `IngestError` if a record was bad.
    func checkRecords() throws(IngestError) {
        if rejectCount > 0 { throw .badRecords(count: rejectCount, first: firstRejects) }
    }

    private func described(_ reject: EventCollector.Reject) -> RejectedRecord {
        let input = inputs.firstIndex { reject.sequence < $0.sequenceEnd } ?? inputs.count - 1
        let linesBefore = lineCounts[sequences(of: input).lowerBound..<reject.sequence].reduce(0, +)
        return RejectedRecord(
            input: inputs[input].name, line: linesBefore + reject.line + 1, field: reject.problem.field,
            reason: reject.problem.reason)
    }

    /// The numbers of the chunks of an input.
    private func sequences(of input: Int) -> Range<Int> {
        (input == 0 ? 0 : inputs[input - 1].sequenceEnd)..<inputs[input].sequenceEnd
    }
}
