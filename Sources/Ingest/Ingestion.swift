import Columns
package import Events
package import Partitions
import Platform
import Synchronization
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
    package var rejectPolicy = RejectPolicy.fail
    /// Where bad records are set aside: in a folder of each run.
    package var rejects: FilePath
    /// The most events that may be in scope; one more is refused.
    package var maximumEventCount: Int
    /// Longer lines are bad records.
    package var maximumLineByteCount = 1 << 20

    package init(
        store: PartitionStore, ledger: Ledger, scope: IngestScope, mode: IngestMode, locks: FilePath,
        rejects: FilePath, threadCount: Int, isStrict: Bool, maximumEventCount: Int,
    ) {
        self.store = store
        self.ledger = ledger
        self.scope = scope
        self.mode = mode
        self.locks = locks
        self.rejects = rejects
        self.threadCount = threadCount
        self.isStrict = isStrict
        self.maximumEventCount = maximumEventCount
    }

    /// Ingests the inputs in their order.
    ///
    /// - Parameter isDryRun: True to do everything but change the store.
    /// - Throws: `IngestError` for bad input; `InputError`; `StorageError`; `FormatError` if a partition to merge with
    ///   is damaged; `LockHeldError` if another process changes the same partitions.
    package func run(_ inputs: [InputSource], run: RunIdentifier, isDryRun: Bool = false) throws -> IngestReport {
        // Where it is known whose partitions are to change, nothing is read in vain.
        guard let surfaceKey = scope.surfaceKey, !isDryRun else {
            let events = try accepted(inputs, run, isDryRun: isDryRun)
            return try holdingLocks(of: isDryRun ? [] : events.surfaceKeys) {
                try apply(events, scope.surfaceKey.map { [$0] } ?? events.surfaceKeys, run, isDryRun: isDryRun)
            }
        }
        return try holdingLocks(of: [surfaceKey]) {
            try apply(accepted(inputs, run, isDryRun: false), [surfaceKey], run, isDryRun: false)
        }
    }

    private func holdingLocks<Result>(of keys: [SurfaceKey], _ body: () throws -> Result) throws -> Result {
        try FileLock.holding(keys.map { locks.appending("\($0.tenant)/\($0.surface)/partitions.lock") }, body)
    }

    /// What the inputs hold, if it is fit to replace or to be added to what is stored.
    private func accepted(_ inputs: [InputSource], _ run: RunIdentifier, isDryRun: Bool) throws -> CollectedEvents {
        let events = try collect(inputs)
        try events.settleRejects(rejectPolicy, in: rejectsFolder(run), isDryRun: isDryRun)
        if mode == .replace, let key = scope.surfaceKey, let window = scope.window, events.surfaceKeys.isEmpty {
            throw IngestError.noEvents(key, window)
        }
        return events
    }

    private func apply(
        _ events: CollectedEvents, _ surfaceKeys: [SurfaceKey], _ run: RunIdentifier, isDryRun: Bool,
    ) throws -> IngestReport {
        var (change, report) = try prepare(events, surfaceKeys, isDryRun: isDryRun)
        if isDryRun { return report }
        if events.rejectCount > 0 { report.rejectsFolder = rejectsFolder(run).path }
        try Cancellation.check()
        try change.commit()
        try ledger.append(report, mode: mode, run: run)
        return report
    }

    private func rejectsFolder(_ run: RunIdentifier) -> RejectsFolder {
        RejectsFolder(path: rejects.appending(run.description))
    }

    /// Reads all inputs to their ends, each thread a chunk at a time.
    private func collect(_ inputs: [InputSource]) throws -> CollectedEvents {
        let queue = ChunkQueue(inputs, maximumLineByteCount: maximumLineByteCount)
        let eventCount = Atomic<Int>(0)
        let collectors = try Parallel.map(count: threadCount, threadCount: threadCount) { _ in
            // What one thread throws ends the others too.
            defer { queue.close() }
            return try collect(from: queue, counting: eventCount)
        }
        return CollectedEvents(collectors, inputs: queue.finishedInputs)
    }

    /// The work of one thread: until the queue is empty.
    private func collect(from queue: ChunkQueue, counting eventCount: borrowing Atomic<Int>) throws -> EventCollector {
        var collector = EventCollector(
            scope: scope, maximumLineByteCount: maximumLineByteCount, keepsRejects: rejectPolicy != .fail)
        let decoder = EventDecoder(
            maximumRank: EventField.maximumRank, maximumLineByteCount: maximumLineByteCount, isStrict: isStrict)
        var chunk = LineChunk()
        while let position = try queue.next(into: &chunk) {
            let before = collector.eventCount
            decoder.decode(chunk) { collector.append($0, ofChunk: position.sequence) }
            let added = collector.eventCount - before
            let total = eventCount.wrappingAdd(added, ordering: .relaxed).newValue
            guard total <= maximumEventCount else {
                throw IngestError.tooManyEvents(limit: maximumEventCount, input: position.input.name)
            }
        }
        return collector
    }

    /// Makes the files of all partitions, under temporary names.
    private func prepare(
        _ events: CollectedEvents, _ surfaceKeys: [SurfaceKey], isDryRun: Bool,
    ) throws -> (change: PartitionChange, report: IngestReport) {
        let change = store.beginChange(isDryRun: isDryRun)
        let keys = events.partitionKeys
        var report = events.report
        report.partitions = try Parallel.map(
            count: keys.count, threadCount: threadCount, makeState: { Zstandard() },
            { zstandard, index in
                let columns = try merged(events.columns(of: keys[index]), keys[index], zstandard)
                let file = try change.replace(keys[index], with: columns, using: zstandard)
                return IngestReport.Partition(
                    key: keys[index], rowCount: columns.count, byteCount: file.byteCount, digest: file.digest)
            })
        if mode == .replace, let window = scope.window {
            let present = Set(keys)
            report.removed = try surfaceKeys.flatMap { surfaceKey in
                try store.days(surfaceKey, in: window).map { PartitionKey(surfaceKey, $0) }
            }.filter { !present.contains($0) && scope.contains($0.day) }
            for key in report.removed { change.remove(key) }
        }
        return (change, report)
    }

    /// The events that the partition of `key` is to hold.
    private func merged(
        _ columns: ExposureColumns, _ key: PartitionKey, _ zstandard: Zstandard,
    ) throws -> ExposureColumns {
        guard mode == .merge, try File.exists(store.path(key)) else { return columns }
        return try store.open(key).columns(using: zstandard).merging(columns)
    }
}
