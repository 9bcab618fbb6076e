import Artifacts
import Builders
package import Events
package import Platform
package import SystemPackage

/// Takes out of the store what nothing refers to any more.
///
/// Roots are what is current, what the history names within the policy, what is pinned, and every record that is young:
/// never the manifest alone. A record goes before its blob, so that whatever the moment of a crash no record is without
/// one; both go to quarantine, and are deleted by a later collection.
package struct GarbageCollector: Sendable {
    package let objectStore: ObjectStore
    package let registry: Registry
    /// Where who publishes notes how far it got and how it ended, for the files that it did not finish.
    package let notes: [FilePath]
    package let locks: PublishingLocks
    package let policy: CollectionPolicy
    /// The time that ages are counted to, in seconds since 1970.
    package let now: Int

    package init(
        objectStore: ObjectStore, registry: Registry, notes: [FilePath], locks: PublishingLocks,
        policy: CollectionPolicy, now: Int,
    ) {
        self.objectStore = objectStore
        self.registry = registry
        self.notes = notes
        self.locks = locks
        self.policy = policy
        self.now = now
    }

    /// What a collection takes out of a surface, or would take out.
    package struct Garbage: Sendable {
        /// Of versions that nothing refers to.
        package fileprivate(set) var records: [ArtifactRecord] = []
        /// Blobs without a record, by path.
        package fileprivate(set) var unrecorded: [FilePath] = []
        /// Files that a process that has died began to write.
        package fileprivate(set) var unfinished: [FilePath] = []
        /// Of all blobs that go.
        package fileprivate(set) var byteCount = 0
        /// Why records cannot be read: they stay, and so do their blobs.
        package fileprivate(set) var failures: [any Failure] = []

        package var isEmpty: Bool { records.isEmpty && unrecorded.isEmpty && unfinished.isEmpty }
    }

    /// Takes garbage out of a surface.
    ///
    /// - Parameter isDryRun: True to tell what would go, and change nothing.
    /// - Throws: `LockHeldError` if somebody publishes there; `PublishingError` if it cannot be told what is referred
    ///   to, for a manifest or an entry of the history is damaged: then nothing goes; `StorageError`; `Interruption`.
    package func collect(_ surfaceKey: SurfaceKey, run: RunIdentifier, isDryRun: Bool) throws -> Garbage {
        try FileLock.holding(isDryRun ? [] : locks.collecting(surfaceKey)) {
            let garbage = try garbage(of: surfaceKey)
            if isDryRun { return garbage }
            try Cancellation.check()
            if !garbage.records.isEmpty || !garbage.unrecorded.isEmpty {
                let log = CollectionLog(
                    run: run, policy: policy, records: garbage.records, unrecorded: garbage.unrecorded)
                try registry.create(log, of: surfaceKey)
                try take(garbage, surfaceKey, run)
            }
            for path in garbage.unfinished { try File.remove(path) }
            return garbage
        }
    }

    /// Records first: a record without a blob would be a version that is lost.
    private func take(_ garbage: Garbage, _ surfaceKey: SurfaceKey, _ run: RunIdentifier) throws {
        let name = run.description
        try Quarantine(root: registry.root).take(garbage.records.map { registry.path(of: $0) }, as: name)
        // A blob may be without a record because a collection died before it was durable that the record is gone.
        for kind in ArtifactKind.allCases where !garbage.unrecorded.isEmpty {
            let folder = registry.recordFolder(surfaceKey, kind)
            if try File.exists(folder) { try Directory.synchronise(folder) }
        }
        let blobs = try garbage.records.map { objectStore.path(of: $0) }.filter { try File.exists($0) }
        try Quarantine(root: objectStore.root).take(blobs + garbage.unrecorded, as: name)
    }

    private func garbage(of surfaceKey: SurfaceKey) throws -> Garbage {
        let cutoff = policy.cutoff(at: now)
        let roots = try CollectionRoots(of: surfaceKey, in: registry, policy, cutoff: cutoff).versions
        var garbage = Garbage()
        for kind in ArtifactKind.allCases.sorted() {
            let (records, failures) = try registry.records(of: surfaceKey, kind: kind)
            garbage.failures += failures
            for record in records.sorted(by: GarbageCollector.isListedBefore) {
                let version = CollectedVersion(kind: kind, version: record.version.hexadecimal)
                guard !roots.contains(version), try isOld(registry.path(of: record), cutoff) else { continue }
                garbage.records.append(record)
                garbage.byteCount += record.byteCount
            }
            try addUnrecorded(surfaceKey, kind, cutoff, to: &garbage)
        }
        garbage.unfinished = try unfinished(surfaceKey)
        return garbage
    }

    /// By the days that they cover.
    private static func isListedBefore(_ left: ArtifactRecord, _ right: ArtifactRecord) -> Bool {
        (left.key.window.end, left.key.window.start, left.version.hexadecimal)
            < (right.key.window.end, right.key.window.start, right.version.hexadecimal)
    }

    /// Adds the blobs that have no record, not even one that is damaged: a crash came before it.
    private func addUnrecorded(
        _ surfaceKey: SurfaceKey, _ kind: ArtifactKind, _ cutoff: Int, to garbage: inout Garbage,
    ) throws {
        let recorded = Set(try Registry.fileNames(in: registry.recordFolder(surfaceKey, kind)).map { $0.dropLast(5) })
        let folder = objectStore.folder(surfaceKey, kind)
        for name in try Directory.names(in: folder) {
            let (path, stem) = (folder.appending(name), FilePath(name).stem ?? "")
            guard ArtifactFileFormat(fileExtension: FilePath(name).extension) != nil,
                SHA256Digest(hexadecimal: stem) != nil, !recorded.contains(Substring(stem)), try isOld(path, cutoff)
            else { continue }
            garbage.unrecorded.append(path)
            garbage.byteCount += try File.status(at: path)?.byteCount ?? 0
        }
    }

    /// Whoever writes there holds a lock that excludes this, but for the note of how a run ended, which is then lost.
    private func unfinished(_ surfaceKey: SurfaceKey) throws(StorageError) -> [FilePath] {
        let below = SegmentKey(surfaceKey).folders
        let trees = ["records", "history", "current", "pins", "collected"].map { registry.root.appending($0) }
        var paths: [FilePath] = []
        for tree in trees + [objectStore.root] + notes {
            paths += try AtomicFile.unfinished(below: tree.appending(below))
        }
        return paths
    }

    private func isOld(_ path: FilePath, _ cutoff: Int) throws(StorageError) -> Bool {
        guard let status = try File.status(at: path) else { return false }
        return status.modifiedAtSecond <= cutoff
    }

    /// Deletes what was taken out of the store, by this or an earlier collection, longer ago than the policy's days.
    ///
    /// - Parameters:
    ///   - partitions: Another folder that files were taken out of.
    ///   - isDryRun: True to tell what would go, and change nothing.
    /// - Returns: The folders that are deleted.
    /// - Throws: `StorageError`.
    package func deleteQuarantined(
        also partitions: FilePath, isDryRun: Bool,
    ) throws(StorageError) -> [FilePath] {
        var deleted: [FilePath] = []
        for quarantine in [registry.root, objectStore.root, partitions].map({ Quarantine(root: $0) }) {
            for folder in try quarantine.folders(takenBefore: policy.cutoff(at: now)) {
                if !isDryRun { try quarantine.delete(folder) }
                deleted.append(folder)
            }
        }
        return deleted
    }
}
