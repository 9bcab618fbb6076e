import Columns
package import Events
import Ingest
import Partitions
import Platform
import Publishing
package import SystemPackage

/// Takes the partitions of old days out of the store.
///
/// The ledger notes it first, so that whatever the moment of a crash the same again completes it. They go to
/// quarantine, and are deleted by a later collection.
struct PartitionRetention: Sendable {
    private let layout: OutputLayout
    /// The first day that is kept; nil for all.
    private let firstKeptDay: Day?

    /// - Parameter keptDayCount: How many days, the last of them `today`, are kept, at least 1; nil for all.
    init(_ layout: OutputLayout, keptDayCount: Int?, today: Day) {
        self.layout = layout
        firstKeptDay = keptDayCount.map { today.advanced(by: 1 - $0) ?? Day.range.lowerBound }
    }

    /// Takes out the partitions of the days before the first that is kept, and removes what was never finished.
    ///
    /// - Parameter isDryRun: True to tell what would go, and change nothing.
    /// - Throws: `LockHeldError` if somebody changes the partitions; `StorageError`; `Interruption`.
    func collect(_ surfaceKey: SurfaceKey, run: RunIdentifier, isDryRun: Bool) throws -> ExpiredPartitions {
        let lock = Ingestion.lock(of: surfaceKey, in: layout.partitionLocks)
        return try FileLock.holding(isDryRun ? [] : [lock]) {
            let expired = try expired(surfaceKey)
            if isDryRun { return expired }
            try Cancellation.check()
            if !expired.days.isEmpty {
                try layout.ledger.append(removing: expired.days, of: surfaceKey, run: run)
                let paths = expired.days.map { layout.partitions.path(PartitionKey(surfaceKey, $0)) }
                try Quarantine(root: layout.partitions.root).take(paths, as: run.description)
            }
            for path in expired.unfinished { try File.remove(path) }
            // Whoever has taken partitions out before may have died before that was durable.
            try layout.partitions.synchronise(surfaceKey)
            return expired
        }
    }

    private func expired(_ surfaceKey: SurfaceKey) throws -> ExpiredPartitions {
        let days = try layout.partitions.days(surfaceKey).filter { day in firstKeptDay.map { day < $0 } ?? false }
        let byteCount = try days.reduce(0) { total, day in
            try total + (File.status(at: layout.partitions.path(PartitionKey(surfaceKey, day)))?.byteCount ?? 0)
        }
        let folders = [layout.partitions.root, layout.ledger.root].map { $0.appending(SegmentKey(surfaceKey).folders) }
        let unfinished = try folders.flatMap { try AtomicFile.unfinished(below: $0) }
        return ExpiredPartitions(days: days, byteCount: byteCount, unfinished: unfinished)
    }
}

/// What is taken out of the partitions of a tenant and surface, or would be.
package struct ExpiredPartitions: Sendable {
    /// Ascending.
    package let days: [Day]
    /// Of their partitions.
    package let byteCount: Int
    /// Files that a process that has died began to write.
    package let unfinished: [FilePath]
}
