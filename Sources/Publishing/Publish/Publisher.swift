import Artifacts
import Builders
package import Events
import Platform
package import SystemPackage

/// Makes artifacts current: blob, record, history, manifest, each in one step and durable before the next.
///
/// A crash anywhere leaves the old or the new manifest, which names complete artifacts either way; publishing the same
/// again completes it and changes nothing that is there.
package struct Publisher: Sendable {
    package let objectStore: ObjectStore
    package let registry: Registry
    /// Locks are files in this folder.
    package let locks: FilePath
    package let threadCount: Int

    package init(objectStore: ObjectStore, registry: Registry, locks: FilePath, threadCount: Int) {
        self.objectStore = objectStore
        self.registry = registry
        self.locks = locks
        self.threadCount = threadCount
    }

    /// Publishes artifacts of one owner, at most one a kind. The manifest keeps its entries of other kinds.
    ///
    /// - Parameter keepingLater: True to leave in place what is current and covers a later day, so that going over old
    ///   days again never takes a service back in time. Blob and record are stored either way.
    /// - Returns: The manifest that is current now, and whether it was moved.
    /// - Throws: `LockHeldError`; `PublishingError`; `FormatError` if a blob does not verify; `StorageError`.
    package func publish(
        _ artifacts: [(file: ArtifactFile, provenance: Provenance)], of owner: SegmentKey, run: RunIdentifier,
        keepingLater: Bool = false,
    ) throws -> (manifest: Manifest, isNew: Bool) {
        try FileLock.holding([lockPath(owner)]) {
            let before = try registry.manifest(of: owner)
            _ = try Parallel.map(count: artifacts.count, threadCount: threadCount) { index in
                try store(artifacts[index].file, artifacts[index].provenance)
            }
            let files = try artifacts.map(\.file).filter { file in
                // Who asks for these very artifacts gets them, whatever state the current ones are in.
                guard keepingLater else { return true }
                let isOlder = try isOlder(file, than: before)
                return !isOlder
            }
            let (manifest, isNew) = next(after: before, files, owner)
            try Cancellation.check()
            if isNew { try move(to: manifest, from: before, .publish, run, reason: nil) }
            return (manifest, isNew)
        }
    }

    /// What `publish` would make current.
    package func preview(
        _ artifacts: [(file: ArtifactFile, provenance: Provenance)], of owner: SegmentKey,
    ) throws -> (manifest: Manifest, isNew: Bool) {
        next(after: try registry.manifest(of: owner), artifacts.map(\.file), owner)
    }

    /// True if what is current of the file's kind covers a later day. What has no record is in nobody's way.
    private func isOlder(_ file: ArtifactFile, than manifest: Manifest?) throws -> Bool {
        guard let manifest, let uri = manifest.current[file.key.kind] else { return false }
        do {
            let owner = manifest.owner
            let place = registry.manifestPath(owner)
            let record = try registry.record(of: owner, kind: file.key.kind, uri: uri, namedIn: place)
            return record.key.window.end > file.key.window.end
        } catch PublishingError.notFound {
            return false
        }
    }

    /// True if a manifest names this file.
    package func isCurrent(_ file: ArtifactFile, in manifest: Manifest) -> Bool {
        manifest.current[file.key.kind] == objectStore.uri(of: file)
    }

    /// The manifest that names the files beside what `before` names of other kinds: `before` itself if it does already.
    private func next(
        after before: Manifest?, _ files: [ArtifactFile], _ owner: SegmentKey,
    ) -> (manifest: Manifest, isNew: Bool) {
        var current = before?.current ?? [:]
        for file in files { current[file.key.kind] = objectStore.uri(of: file) }
        if let before, before.current == current { return (before, false) }
        return (Manifest(owner, current: current, updatedAt: now), true)
    }

    /// Makes an earlier manifest of the history current again, once every blob it names is verified.
    ///
    /// - Parameters:
    ///   - target: Which one.
    ///   - isDryRun: True to verify and change nothing.
    /// - Throws: `PublishingError` if there is no such entry, or a blob is missing or damaged.
    package func rollBack(
        _ owner: SegmentKey, to target: RollbackTarget, reason: String?, run: RunIdentifier, isDryRun: Bool,
    ) throws -> Manifest {
        // Without the lock, which would leave its file behind: a dry run and a typing error change nothing.
        guard try registry.manifest(of: owner) != nil else { throw PublishingError.nothingPublished(owner) }
        return try FileLock.holding(isDryRun ? [] : [lockPath(owner)]) {
            guard let before = try registry.manifest(of: owner) else { throw PublishingError.nothingPublished(owner) }
            let entry = try target.entry(in: try registry.history(of: owner), current: before)
            for (kind, uri) in entry.manifest.current.sorted(by: { $0.key < $1.key }) {
                let place = registry.historyPath(owner, entry.number)
                let record = try registry.record(of: owner, kind: kind, uri: uri, namedIn: place)
                try ArtifactFileVerification.verify(uri, is: record, namedIn: place, objectStore.access)
            }
            let manifest = Manifest(owner, current: entry.manifest.current, updatedAt: now)
            if !isDryRun { try move(to: manifest, from: before, .rollback, run, reason: reason) }
            return manifest
        }
    }

    /// Stores blob and record.
    private func store(_ file: ArtifactFile, _ provenance: Provenance) throws {
        try objectStore.put(file) { written in
            if file.format == .rsart { try ArtifactFileVerification.verify(written, file.key) }
        }
        try registry.create(ArtifactRecord(file, uri: objectStore.uri(of: file), provenance: provenance))
    }

    private func move(
        to manifest: Manifest, from before: Manifest?, _ action: HistoryEntry.Action, _ run: RunIdentifier,
        reason: String?,
    ) throws {
        let last = try registry.lastHistoryEntry(of: manifest.owner)
        let entry = HistoryEntry(
            number: (last?.number ?? 0) + 1, replacedNumber: try before.flatMap { try registry.historyNumber(of: $0) },
            action: action, runIdentifier: run.description, actor: Actor.description, reason: reason,
            manifest: manifest)
        try registry.swap(entry, expecting: before)
    }

    private var now: Timestamp { Timestamp(secondsSinceEpoch: WallClock.secondsSinceEpoch) }

    private func lockPath(_ owner: SegmentKey) -> FilePath {
        locks.appending(owner.folders).appending("publish.lock")
    }
}
