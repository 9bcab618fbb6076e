import Columns
import Events
import Platform
import SystemPackage

/// What all threads together have met, brought into the order of the input.
struct CollectedEvents: Sendable {
    private let collectors: [EventCollector]
    private let inputs: [ChunkQueue.FinishedInput]
    /// The events that are in memory; of a partition that has runs, the rest.
    private let partitions: [PartitionKey: [PartitionCollector]]
    /// The events that are not.
    let runs: SpilledRuns
    /// Lines before each chunk, counted through all inputs, and at last those of all.
    private let lineStarts: [Int]
    /// The bad records that are to be set aside.
    private let rejects: [RejectSpool]

    /// - Parameter collectors: Every chunk of the inputs is in one of them.
    init(
        _ collectors: [EventCollector], rejects: [RejectSpool] = [], runs: SpilledRuns,
        inputs: [ChunkQueue.FinishedInput],
    ) {
        self.collectors = collectors
        self.rejects = rejects
        self.runs = runs
        self.inputs = inputs
        partitions = Dictionary(
            collectors.flatMap(\.partitions).map { ($0.key, [$0.collector]) }, uniquingKeysWith: { $0 + $1 })
        let byChunk = collectors.flatMap(\.lineCounts).sorted { $0.key < $1.key }
        var lineStarts = [0]
        for (_, lineCount) in byChunk { lineStarts.append(lineStarts[lineStarts.count - 1] + lineCount) }
        self.lineStarts = lineStarts
    }

    /// The partitions that have events, ascending.
    var partitionKeys: [PartitionKey] { Set(partitions.keys).union(runs.keys).sorted() }

    /// The tenants and surfaces that have events, ascending.
    var surfaceKeys: [SurfaceKey] { Set(partitionKeys.map(\.surfaceKey)).sorted() }

    /// The events of a partition that has no runs, in the order of a partition.
    func columns(of key: PartitionKey) -> ExposureColumns {
        PartitionCollector.columns(of: partitions[key] ?? [])
    }

    /// All events of a partition as runs.
    func runs(of key: PartitionKey, using zstandard: Zstandard) throws -> [FilePath] {
        if let rest = partitions[key] {
            try runs.add(PartitionCollector.columns(of: rest, withArrivals: true), of: key, using: zstandard)
        }
        return runs.paths(of: key)
    }

    /// What was read and counted.
    var report: IngestReport {
        var report = IngestReport()
        report.inputs = inputs.indices.map { index in
            let lineCount = lineStarts[inputs[index].sequenceEnd] - lineStarts[sequenceStart(of: index)]
            return IngestReport.Input(
                name: inputs[index].name, byteCount: inputs[index].byteCount, lineCount: lineCount,
                digest: inputs[index].digest)
        }
        report.eventCount = collectors.reduce(0) { $0 + $1.eventCount }
        report.outOfWindowCount = collectors.reduce(0) { $0 + $1.outOfWindowCount }
        report.outOfScopeCount = collectors.reduce(0) { $0 + $1.outOfScopeCount }
        report.rejectCounts = Dictionary(collectors.flatMap(\.rejectCounts), uniquingKeysWith: +)
            .map { ($0.key, $0.value) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
        report.unknownFieldCount = collectors.reduce(0) { $0 + $1.unknownFieldCount }
        return report
    }

    /// Number of bad records.
    var rejectCount: Int { collectors.reduce(0) { $0 + $1.rejectCount } }

    /// The first bad records, in the order of the input.
    var firstRejects: [RejectedRecord] {
        collectors.flatMap(\.rejects).sorted(by: EventCollector.Reject.isBefore)
            .prefix(EventCollector.describedRejectCount).map(described)
    }

    /// Does with the bad records what the policy says.
    ///
    /// - Parameters:
    ///   - folder: Where they are set aside.
    ///   - isDryRun: True to set nothing aside.
    /// - Throws: `IngestError` if they end the ingest; `StorageError`.
    func settleRejects(_ policy: RejectPolicy, in folder: RejectsFolder, isDryRun: Bool) throws {
        guard rejectCount > 0 else { return }
        guard case .quarantine(let maximumRatio) = policy else {
            throw IngestError.badRecords(count: rejectCount, first: firstRejects)
        }
        if !isDryRun { try setAside(in: folder) }
        guard Double(rejectCount) <= Double(recordCount) * maximumRatio else {
            throw IngestError.tooManyRejects(
                count: rejectCount, recordCount: recordCount, maximumRatio: maximumRatio,
                folder: isDryRun ? nil : folder.path.string)
        }
    }

    /// Writes the bad records in the order of the input.
    private func setAside(in folder: RejectsFolder) throws {
        for spool in rejects { try spool.finish() }
        var heads = rejects.map { $0.next() }
        try folder.write(in: runs.folder) {
            let present = heads.indices.compactMap { index in heads[index].map { (index, $0) } }
            guard let first = present.min(by: { EventCollector.Reject.isBefore($0.1, $1.1) }) else { return nil }
            heads[first.0] = rejects[first.0].next()
            return (described(first.1), first.1.record)
        }
    }

    /// Number of records, good and bad.
    private var recordCount: Int {
        collectors.reduce(rejectCount) { $0 + $1.eventCount + $1.outOfWindowCount + $1.outOfScopeCount }
    }

    private func described(_ reject: EventCollector.Reject) -> RejectedRecord {
        let input = inputs.firstIndex { reject.sequence < $0.sequenceEnd } ?? inputs.count - 1
        let linesBefore = lineStarts[reject.sequence] - lineStarts[sequenceStart(of: input)]
        return RejectedRecord(
            input: inputs[input].name, line: linesBefore + reject.line + 1, field: reject.problem.field,
            reason: reject.problem.reason)
    }

    /// The number of an input's first chunk.
    private func sequenceStart(of input: Int) -> Int {
        input == 0 ? 0 : inputs[input - 1].sequenceEnd
    }
}
