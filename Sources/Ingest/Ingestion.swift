import Columns
package import Events
package import Partitions
package import Platform
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
    /// Where events wait that do not fit in memory: in a folder of each run.
    package var scratch: FilePath
    package var memory = MemoryBudget()
    /// The most events that may be in scope; one more is refused.
    package var maximumEventCount: Int
    /// Longer lines are bad records. From 1 to `greatestLineByteCount`.
    package var maximumLineByteCount = 1 << 20
    /// 1 GiB: with room for more than one line of it, a chunk is still less than the decoder's 2 GiB.
    package static let greatestLineByteCount = 1 << 30
    /// Hears how far the reading and the writing have come.
    package var progress: ProgressListener?

    package init(
        store: PartitionStore, ledger: Ledger, scope: IngestScope, mode: IngestMode, locks: FilePath,
        rejects: FilePath, scratch: FilePath, threadCount: Int, isStrict: Bool, maximumEventCount: Int,
    ) {
        self.store = store
        self.ledger = ledger
        self.scope = scope
        self.mode = mode
        self.locks = locks
        self.rejects = rejects
        self.scratch = scratch
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
        if !isDryRun { try ScratchFolder.removeAbandoned(in: scratch) }
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
        try FileLock.holding(keys.map { Ingestion.lock(of: $0, in: locks) }, body)
    }

    /// The lock of who changes the partitions of a tenant and surface.
    package static func lock(of key: SurfaceKey, in locks: FilePath) -> FileLock.Request {
        FileLock.Request(locks.appending("\(key.tenant)/\(key.surface)/partitions.lock"))
    }

    /// What the inputs hold, if it is fit to replace or to be added to what is stored.
    private func accepted(_ inputs: [InputSource], _ run: RunIdentifier, isDryRun: Bool) throws -> CollectedEvents {
        let runs = SpilledRuns(root: scratch, name: run.description)
        let events = try ParallelCollector(ingestion: self, runs: runs).collect(inputs)
        try events.settleRejects(rejectPolicy, in: rejectsFolder(run), isDryRun: isDryRun)
        if mode == .replace, let window = scope.window, events.surfaceKeys.isEmpty {
            let report = events.report
            throw IngestError.noEvents(
                scope.surfaceKey, window, outOfWindowCount: report.outOfWindowCount,
                outOfScopeCount: report.outOfScopeCount)
        }
        return events
    }

    private func apply(
        _ events: CollectedEvents, _ surfaceKeys: [SurfaceKey], _ run: RunIdentifier, isDryRun: Bool,
    ) throws -> IngestReport {
        if !isDryRun {
            for key in surfaceKeys {
                try store.removeUnfinished(key)
                try ledger.removeUnfinished(key)
            }
        }
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

    /// Makes the files of all partitions, under temporary names.
    private func prepare(
        _ events: CollectedEvents, _ surfaceKeys: [SurfaceKey], isDryRun: Bool,
    ) throws -> (change: PartitionChange, report: IngestReport) {
        let change = store.beginChange(isDryRun: isDryRun)
        let keys = events.partitionKeys
        var report = events.report
        let written = SerialNumber()
        progress?(.writing(partitionCount: 0, total: keys.count))
        report.partitions = try Parallel.map(
            count: keys.count, threadCount: memory.mergingThreadCount(of: threadCount), makeState: { Zstandard() },
            { zstandard, index in
                let file = try prepare(keys[index], events, in: change, using: zstandard)
                progress?(.writing(partitionCount: written.next() + 1, total: keys.count))
                return IngestReport.Partition(
                    key: keys[index], rowCount: file.rowCount, byteCount: file.byteCount, digest: file.digest,
                    isNew: file.isNew,
                    replacedRowCount: file.isNew ? (try? store.open(keys[index]))?.statistics.rowCount : nil)
            })
        if mode == .replace, let window = scope.window {
            let present = Set(keys)
            let last = scope.isOpenEnded ? keys.map(\.day).max() ?? window.start : window.end
            report.removed = try surfaceKeys.flatMap { surfaceKey in
                try storedDays(surfaceKey, in: window).map { PartitionKey(surfaceKey, $0) }
            }.filter { !present.contains($0) && scope.contains($0.day) && $0.day <= last }
            for key in report.removed { change.remove(key) }
        }
        return (change, report)
    }

    /// The days of the window that have a partition, or had one that an ingest has removed which died before it could
    /// note that, ascending.
    private func storedDays(_ surfaceKey: SurfaceKey, in window: Window) throws -> [Day] {
        let noted = try ledger.days(of: surfaceKey).filter { window.contains($0) }
        return Set(try store.days(surfaceKey, in: window)).union(noted).sorted()
    }

    /// Makes the file of one partition.
    private func prepare(
        _ key: PartitionKey, _ events: CollectedEvents, in change: PartitionChange, using zstandard: Zstandard,
    ) throws -> PartitionChange.PreparedPartition {
        let isKeepingStored = try mode == .merge && File.exists(store.path(key))
        if !isKeepingStored, events.runs.paths(of: key).isEmpty {
            return try change.replace(key, with: events.columns(of: key), using: zstandard)
        }
        return try change.replace(
            key, withRuns: events.runs(of: key, using: zstandard), isKeepingStored: isKeepingStored,
            in: events.runs.folder, using: zstandard)
    }
}
