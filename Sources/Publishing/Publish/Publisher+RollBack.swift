import Artifacts
package import Builders
package import Events
import Platform
import SystemPackage

extension Publisher {
    /// Makes an earlier manifest of the history current again, once every blob it names is verified.
    ///
    /// A manifest that is lost or damaged is restored so: the last entry of the history stands one step before it.
    ///
    /// - Parameters:
    ///   - target: Which one.
    ///   - kind: The kind that is to be rolled back, the others stay as they are; nil for all.
    ///   - reason: Why, for the history.
    ///   - isDryRun: True to verify and change nothing.
    /// - Throws: `PublishingError` if there is no such entry, or a blob is missing or damaged; `FormatError` if one is
    ///   damaged; `LockHeldError`; `StorageError`.
    package func rollBack(
        _ owner: SegmentKey, kind: ArtifactKind? = nil, to target: RollbackTarget, reason: String?, run: RunIdentifier,
        isDryRun: Bool,
    ) throws -> Manifest {
        // Without the lock, which would leave its file behind: a dry run and a typing error change nothing.
        let wanted = try restored(owner, kind, target)
        if isDryRun { return wanted.manifest }
        return try FileLock.holding(locks.moving(owner)) {
            let (manifest, before) = try restored(owner, kind, target)
            let move = try ManifestMove(
                [manifest], from: before, owner, registry, action: .rollback, run, reason: reason)
            try AtomicFileGroup.synchronise(move.groups)
            try Cancellation.check()
            try move.commit()
            return manifest
        }
    }

    /// The manifest that a rollback leads to, its blobs verified, and the one that it starts from.
    private func restored(
        _ owner: SegmentKey, _ kind: ArtifactKind?, _ target: RollbackTarget,
    ) throws -> (manifest: Manifest, before: Manifest?) {
        let before = try registry.readableManifest(of: owner)
        guard try before != nil || registry.lastHistoryNumber(of: owner) > 0 else {
            throw PublishingError.nothingPublished(owner)
        }
        guard let kind else {
            let entry = try target.entry(
                among: registry.predecessors(of: before, owner), owner, kind: nil, current: nil)
            let current = try here(entry, Set(entry.manifest.current.keys))
            return (Manifest(owner, current: current, unknown: entry.manifest.unknown, updatedAt: .thisSecond), before)
        }
        guard let before else { throw PublishingError.lostManifest(path: registry.manifestPath(owner), owner) }
        let entry = try target.entry(
            among: registry.predecessors(of: before, owner), owner, kind: kind,
            current: before.current[kind].map { Registry.version(inURI: $0) })
        let current = before.current.merging(try here(entry, [kind])) { _, restored in restored }
        return (Manifest(owner, current: current, unknown: before.unknown, updatedAt: .thisSecond), before)
    }

    /// What an entry of the history names, verified, where it is in this store.
    private func here(_ entry: HistoryEntry, _ kinds: Set<ArtifactKind>) throws -> [ArtifactKind: String] {
        var current: [ArtifactKind: String] = [:]
        let (owner, place) = (entry.manifest.owner, registry.historyPath(entry.manifest.owner, entry.number))
        for (kind, uri) in entry.manifest.current.sorted(by: { $0.key < $1.key }) where kinds.contains(kind) {
            try checkIsNotCollected(Registry.version(inURI: uri), kind, owner)
            let record = try registry.record(of: owner, kind: kind, uri: uri, namedIn: place)
            try ArtifactFileVerification.open(record, in: objectStore, namedIn: place)
            current[kind] = ObjectStore.uri(of: objectStore.path(of: record))
        }
        return current
    }

    /// - Throws: `PublishingError` if there is no record of a version, for it was removed as garbage.
    private func checkIsNotCollected(_ version: String, _ kind: ArtifactKind, _ owner: SegmentKey) throws {
        let path = registry.recordPath(of: owner.surfaceKey, kind: kind, version: version)
        guard try !File.exists(path) else { return }
        let collected = try registry.collectedVersions(of: owner.surfaceKey).versions
        guard let log = collected[CollectedVersion(kind: kind, version: version)] else { return }
        throw PublishingError.collected(kind: kind, version: version, log: log)
    }

    /// Pins a version, or how it begins, so that garbage collection leaves it alone.
    ///
    /// - Returns: Its record, and whether it was not pinned before.
    /// - Throws: `PublishingError` if there is no such version; `LockHeldError`; `StorageError`.
    package func pin(
        _ version: String, of owner: SegmentKey, kind: ArtifactKind?, reason: String?, isDryRun: Bool,
    ) throws -> (record: ArtifactRecord, isNew: Bool) {
        try changePin(version, owner, kind, isDryRun: isDryRun, isPinned: false) { record throws(StorageError) in
            try registry.pin(record, reason: reason)
        }
    }

    /// Takes a pin away.
    ///
    /// - Returns: The record of the version, and whether it was pinned before.
    /// - Throws: As `pin`.
    package func unpin(
        _ version: String, of owner: SegmentKey, kind: ArtifactKind?, isDryRun: Bool,
    ) throws -> (record: ArtifactRecord, isNew: Bool) {
        try changePin(version, owner, kind, isDryRun: isDryRun, isPinned: true) { record throws(StorageError) in
            try registry.unpin(record)
        }
    }

    private func changePin(
        _ version: String, _ owner: SegmentKey, _ kind: ArtifactKind?, isDryRun: Bool, isPinned: Bool,
        _ change: (ArtifactRecord) throws(StorageError) -> Bool,
    ) throws -> (record: ArtifactRecord, isNew: Bool) {
        let record = try registry.record(beginning: version, owner, kind: kind)
        if isDryRun {
            let pinned = try registry.pinnedVersions(owner.surfaceKey, record.key.kind)
            return (record, pinned.contains(record.version.hexadecimal) == isPinned)
        }
        return try FileLock.holding(locks.pinning(owner.surfaceKey)) {
            let record = try registry.record(beginning: version, owner, kind: kind)
            return (record, try change(record))
        }
    }
}
