import Columns
package import Events
import Ingest
import Partitions
import Platform
package import Publishing
package import SystemPackage

/// Garbage collection over a whole store: artifacts that nothing refers to, partitions beyond their retention, and what
/// processes that were killed began to write.
package struct StoreCollection: Sendable {
    private let pipeline: Pipeline
    private let collector: GarbageCollector
    private let retention: PartitionRetention

    /// - Parameters:
    ///   - keptDayCount: Of how many days, the last of them the day of `now`, partitions are kept, at least 1; nil for
    ///     all.
    ///   - now: The time that ages are counted to.
    package init(_ pipeline: Pipeline, _ policy: CollectionPolicy, keptDayCount: Int?, now: Timestamp) {
        let layout = pipeline.layout
        self.pipeline = pipeline
        collector = GarbageCollector(
            objectStore: layout.objectStore, registry: layout.registry,
            notes: [layout.checkpoints, layout.runNotes.root], locks: layout.publishingLocks, policy: policy,
            now: now.secondsSinceEpoch)
        retention = PartitionRetention(layout, keptDayCount: keptDayCount, today: now.day)
    }

    /// What is taken out of a surface, or would be.
    package struct SurfaceGarbage: Sendable {
        package let surfaceKey: SurfaceKey
        package let artifacts: GarbageCollector.Garbage
        package let partitions: ExpiredPartitions
        /// Files of staged artifacts that a process that has died began to write.
        package let unfinishedStaged: [FilePath]

        /// How many files a process that has died began to write.
        package var unfinishedCount: Int {
            artifacts.unfinished.count + partitions.unfinished.count + unfinishedStaged.count
        }
    }

    /// The tenants and surfaces that have anything in the store, ascending.
    ///
    /// - Throws: `StorageError` if a folder cannot be listed.
    private func surfaceKeys() throws(StorageError) -> [SurfaceKey] {
        let layout = pipeline.layout
        var keys = Set(try layout.registry.surfaceKeys())
        for root in [layout.objectStore.root, layout.partitions.root, layout.ledger.root, layout.staging.root] {
            keys.formUnion(try SurfaceKey.all(below: root))
        }
        return keys.sorted()
    }

    /// Takes garbage out of a surface.
    ///
    /// - Parameter isDryRun: True to tell what would go, and change nothing.
    /// - Throws: `LockHeldError` if somebody works there; `PublishingError` if it cannot be told what is referred to;
    ///   `StorageError`; `Interruption`.
    private func collect(_ surfaceKey: SurfaceKey, isDryRun: Bool) throws -> SurfaceGarbage {
        SurfaceGarbage(
            surfaceKey: surfaceKey,
            artifacts: try collector.collect(surfaceKey, run: pipeline.run, isDryRun: isDryRun),
            partitions: try retention.collect(surfaceKey, run: pipeline.run, isDryRun: isDryRun),
            unfinishedStaged: try removeUnfinishedStaged(surfaceKey, isDryRun: isDryRun))
    }

    /// Takes garbage out of all surfaces that are wanted, one after the other, then deletes what was taken out of the
    /// store longer ago than the grace period.
    ///
    /// - Parameters:
    ///   - isDryRun: True to tell what would go, and change nothing.
    ///   - isWanted: Says of a surface whether it is asked for.
    ///   - report: Hears what came of each.
    /// - Returns: The folders of quarantine that are deleted.
    /// - Throws: `PipelineError.nothingToCollect` if no surface is wanted; `LockHeldError` if another collection runs;
    ///   `StorageError`; whatever `report` throws.
    package func collectAll(
        isDryRun: Bool, of isWanted: (SurfaceKey) -> Bool,
        report: (SurfaceKey, Result<SurfaceGarbage, any Error>) throws -> Void,
    ) throws -> [FilePath] {
        let keys = try surfaceKeys().filter(isWanted)
        guard !keys.isEmpty else { throw PipelineError.nothingToCollect(pipeline.layout.registry.root) }
        // What one takes out another one could delete while it is at it.
        let lock = FileLock.Request(pipeline.layout.publishingLocks.root.appending("collection.lock"))
        return try FileLock.holding(isDryRun ? [] : [lock]) {
            for key in keys {
                try report(key, Result { try collect(key, isDryRun: isDryRun) })
            }
            return try deleteQuarantined(isDryRun: isDryRun)
        }
    }

    /// Deletes what was taken out of the store longer ago than the grace period, and the scratch of processes that are
    /// gone.
    ///
    /// - Parameter isDryRun: True to tell what would go, and change nothing.
    /// - Returns: The folders of quarantine that are deleted.
    /// - Throws: `StorageError`.
    private func deleteQuarantined(isDryRun: Bool) throws(StorageError) -> [FilePath] {
        if !isDryRun { try ScratchFolder.removeAbandoned(in: pipeline.layout.scratch) }
        return try collector.deleteQuarantined(also: pipeline.layout.partitions.root, isDryRun: isDryRun)
    }

    private func removeUnfinishedStaged(_ surfaceKey: SurfaceKey, isDryRun: Bool) throws -> [FilePath] {
        let root = pipeline.layout.staging.root.appending(SegmentKey(surfaceKey).folders)
        return try Directory.names(in: root).flatMap { name -> [FilePath] in
            let segment = name == PathSegment.absentName ? nil : try? PathSegment(name)
            let owner = SegmentKey(surfaceKey, segment: segment)
            return try FileLock.holding(isDryRun ? [] : [pipeline.stagingLock(owner)]) {
                let paths = try pipeline.layout.staging.unfinished(below: root.appending(name))
                if !isDryRun { for path in paths { try File.remove(path) } }
                return paths
            }
        }
    }
}
