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
        let found = try entry(owner, kind, target)
        if isDryRun { return try manifest(of: found.entry, kind, replacing: found.before) }
        return try FileLock.holding(locks.moving(owner)) {
            let (entry, before) = try entry(owner, kind, target)
            let manifest = try manifest(of: entry, kind, replacing: before)
            // A manifest that is lost was that of the last entry. Where it is restored, it comes before itself.
            let last = try registry.lastHistoryNumber(of: owner)
            let move = try ManifestMove(
                [(manifest, reason)], from: before,
                lostNumber: entry.number == last ? entry.replacedNumber : last, owner, registry, action: .rollback, run)
            try AtomicFileGroup.synchronise(move.groups)
            try Cancellation.check()
            try move.commit()
            return manifest
        }
    }

    /// The entry of the history that a rollback goes to, and the manifest that it starts from.
    private func entry(
        _ owner: SegmentKey, _ kind: ArtifactKind?, _ target: RollbackTarget,
    ) throws -> (entry: HistoryEntry, before: Manifest?) {
        let before = try registry.readableManifest(of: owner)
        guard try before != nil || registry.lastHistoryNumber(of: owner) > 0 else {
            throw PublishingError.nothingPublished(owner)
        }
        if kind != nil, before == nil {
            throw PublishingError.lostManifest(path: registry.manifestPath(owner), owner)
        }
        let current = kind.flatMap { before?.current[$0] }.map { Registry.version(inURI: $0) }
        let predecessors = try registry.predecessors(of: before, owner)
        return (try target.entry(among: predecessors, owner, kind: kind, current: current), before)
    }

    /// The manifest that a rollback to an entry makes current, its blobs verified.
    private func manifest(
        of entry: HistoryEntry, _ kind: ArtifactKind?, replacing before: Manifest?,
    ) throws -> Manifest {
        let owner = entry.manifest.owner
        guard let kind, let before else {
            let current = try here(entry, Set(entry.manifest.current.keys))
            return Manifest(owner, current: current, unknown: entry.manifest.unknown, updatedAt: .thisSecond)
        }
        let current = before.current.merging(try here(entry, [kind])) { _, restored in restored }
        return Manifest(owner, current: current, unknown: before.unknown, updatedAt: .thisSecond)
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
        if try File.exists(path) { return }
        let collected = try registry.collectedVersions(of: owner.surfaceKey).versions
        guard let log = collected[CollectedVersion(kind: kind, version: version)] else { return }
        throw PublishingError.collected(kind: kind, version: version, log: log)
    }
}
