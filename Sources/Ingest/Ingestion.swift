import Columns
package import Events
package import Partitions
import Platform
package import SystemPackage

/// Turns inputs of events into partitions, reading each input once.
///
/// All partitions are prepared first and then switched, each in one step. An error or a crash before that leaves the
/// store as it was.
package struct Ingestion: Sendable {
    package var store: PartitionStore
    package var ledger: Ledger
    package var scope: IngestScope
    package var mode: IngestMode
    /// Locks are files in this folder.
    package var locks: FilePath
    package var threadCount: Int
    /// True if a field that the contract does not know makes a record bad.
    package var isStrict: Bool
    /// The most events that may be in scope; one more is refused.
    package var maximumEventCount: Int
    /// Longer lines are bad records.
    package var maximumLineByteCount = 1 << 20

    package init(
        store: PartitionStore, ledger: Ledger, scope: IngestScope, mode: IngestMode, locks: FilePath,
        threadCount: Int, isStrict: Bool, maximumEventCount: Int,
    ) {
        self.store = store
        self.ledger = ledger
        self.scope = scope
        self.mode = mode
        self.locks = locks
        self.threadCount = threadCount
        self.isStrict = isStrict
        self.maximumEventCount = maximumEventCount
    }

    /// Ingests the inputs in their order.
    ///
    /// - Parameter isDryRun: True to do everything but change the store.
    /// - Throws: `IngestError` for bad input; `StorageError`; `FormatError` if a partition to merge with is damaged;
    ///   `LockHeldError` if another process changes the same partitions.
    package func run(_ inputs: [InputSource], run: RunIdentifier, isDryRun: Bool = false) throws -> IngestReport {
        var report = IngestReport()
        let collector = try collect(inputs, into: &report)
        let surfaceKeys = scope.surfaceKey.map { [$0] } ?? collector.surfaceKeys
        if isDryRun {
            return try prepare(store.beginChange(isDryRun: true), collector, surfaceKeys, report)
        }
        let lockPaths = surfaceKeys.map { locks.appending("\($0.tenant)/\($0.surface)/partitions.lock") }
        return try FileLock.holding(lockPaths) {
            let change = store.beginChange()
            let report = try prepare(change, collector, surfaceKeys, report)
            try Cancellation.check()
            try change.commit()
            try ledger.append(report, mode: mode, run: run)
            return report
        }
    }

    /// Reads all inputs to their ends.
    private func collect(_ inputs: [InputSource], into report: inout IngestReport) throws -> EventCollector {
        var collector = EventCollector(scope: scope, maximumLineByteCount: maximumLineByteCount)
        let decoder = EventDecoder(
            maximumRank: EventField.maximumRank, maximumLineByteCount: maximumLineByteCount, isStrict: isStrict)
        for input in inputs {
            report.inputs.append(try collect(input, with: decoder, into: &collector))
        }
        guard collector.rejectCount == 0 else {
            throw IngestError.badRecords(count: collector.rejectCount, first: collector.firstRejects)
        }
        report.eventCount = collector.eventCount
        report.outOfWindowCount = collector.outOfWindowCount
        report.outOfScopeCount = collector.outOfScopeCount
        report.unknownFieldCount = collector.unknownFieldCount
        return collector
    }

    private func collect(
        _ input: InputSource, with decoder: EventDecoder, into collector: inout EventCollector,
    ) throws -> IngestReport.Input {
        var reader = try LineChunkReader(input, maximumLineByteCount: maximumLineByteCount)
        var lineCount = 0
        while let chunk = try reader.next(firstLine: lineCount + 1) {
            try Cancellation.check()
            lineCount += decoder.decode(chunk) { batch in
                collector.append(batch, input: input.name, firstLine: chunk.firstLine)
                return batch.lineCount
            }
            guard collector.eventCount <= maximumEventCount else {
                throw IngestError.tooManyEvents(limit: maximumEventCount, input: input.name)
            }
        }
        return IngestReport.Input(
            name: input.name, byteCount: reader.byteCount, lineCount: lineCount, digest: reader.hexadecimalDigest)
    }

    /// Makes the files of all partitions, under temporary names.
    private func prepare(
        _ change: PartitionChange, _ collector: EventCollector, _ surfaceKeys: [SurfaceKey], _ report: IngestReport,
    ) throws -> IngestReport {
        let keys = collector.partitionKeys
        var report = report
        report.partitions = try Parallel.map(
            count: keys.count, threadCount: threadCount, makeState: { Zstandard() },
            { zstandard, index in
                let columns = try merged(collector.columns(of: keys[index]), keys[index], zstandard)
                let file = try change.replace(keys[index], with: columns, using: zstandard)
                return IngestReport.Partition(
                    key: keys[index], rowCount: columns.count, byteCount: file.byteCount, digest: file.digest)
            })
        if mode == .replace, let window = scope.window {
            let present = Set(keys)
            report.removed = try surfaceKeys.flatMap { surfaceKey in
                try store.days(surfaceKey, in: window).map { PartitionKey(surfaceKey, $0) }
            }.filter { !present.contains($0) }
            for key in report.removed { change.remove(key) }
        }
        return report
    }

    /// The events that the partition of `key` is to hold.
    private func merged(
        _ columns: ExposureColumns, _ key: PartitionKey, _ zstandard: Zstandard,
    ) throws -> ExposureColumns {
        guard mode == .merge, try File.exists(store.path(key)) else { return columns }
        return try store.open(key).columns(using: zstandard).merging(columns)
    }
}
