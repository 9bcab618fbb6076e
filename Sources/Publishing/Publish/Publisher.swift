import Artifacts
import Builders
package import Events
import Platform

/// Makes artifacts current: blob, record, history, manifest, each durable before the next has its name.
///
/// A crash anywhere leaves the old or the new manifest, which names complete artifacts either way; publishing the same
/// again completes it and changes nothing that is there.
package struct Publisher: Sendable {
    package let objectStore: ObjectStore
    package let registry: Registry
    package let locks: PublishingLocks
    package let threadCount: Int

    package init(objectStore: ObjectStore, registry: Registry, locks: PublishingLocks, threadCount: Int) {
        self.objectStore = objectStore
        self.registry = registry
        self.locks = locks
        self.threadCount = threadCount
    }

    /// An artifact to publish, and what made it.
    package typealias Artifact = (file: ArtifactFile, provenance: Provenance)

    /// What became of artifacts that were to become current together.
    package struct Outcome: Sendable {
        /// The manifest that was current then.
        package let manifest: Manifest
        /// True if the manifest was moved.
        package let isNew: Bool
        /// True if that manifest names all of the artifacts; false if what was current covers a later day.
        package let isCurrent: Bool
    }

    /// Publishes artifacts of one owner, at most one a kind. The manifest keeps its entries of other kinds.
    ///
    /// - Throws: As `publish` of several.
    package func publish(_ artifacts: [Artifact], of owner: SegmentKey, run: RunIdentifier) throws -> Outcome {
        try publish([artifacts], of: owner, run: run, keepingLater: false) { _ in }[0]
    }

    /// Publishes sets of artifacts of one owner, at most one a kind in each, one set after the other. What they need on
    /// disk is made durable together, for each wait for the disk costs more than all the rest.
    ///
    /// - Parameters:
    ///   - keepingLater: True to leave in place what is current and covers a later day, so that going over old days
    ///     again never takes a service back in time. Blob and record are stored either way.
    ///   - then: Is called once all are published, while nobody else can publish for this owner.
    /// - Returns: For each set what became of it.
    /// - Throws: `LockHeldError`; `PublishingError`; `FormatError` if a blob does not verify; `StorageError`;
    ///   `Interruption`.
    package func publish(
        _ sets: [[Artifact]], of owner: SegmentKey, run: RunIdentifier, keepingLater: Bool,
        then: ([Outcome]) throws -> Void,
    ) throws -> [Outcome] {
        try FileLock.holding(locks.moving(owner)) {
            let before = try registry.manifest(of: owner)
            try checkManifestIsNotLost(before, owner, publishing: sets.first ?? [])
            // Until there is a manifest the history tells nothing of what was current: the first set goes alone.
            let first = before == nil ? 1 : sets.count
            var outcomes = try publish(sets.prefix(first), after: before, owner, run, keepingLater: keepingLater)
            if first < sets.count {
                let manifest = outcomes.last?.manifest
                outcomes += try publish(sets.dropFirst(first), after: manifest, owner, run, keepingLater: keepingLater)
            }
            try then(outcomes)
            return outcomes
        }
    }

    /// Publishes sets of artifacts whose blobs, records, history entries and manifests become durable together.
    private func publish(
        _ sets: ArraySlice<[Artifact]>, after before: Manifest?, _ owner: SegmentKey, _ run: RunIdentifier,
        keepingLater: Bool,
    ) throws -> [Outcome] {
        let artifacts = sets.flatMap { $0 }
        let files = artifacts.map(\.file)
        let records = artifacts.map { artifact in
            ArtifactRecord(
                artifact.file, uri: ObjectStore.uri(of: objectStore.path(of: artifact.file)),
                provenance: artifact.provenance)
        }
        let blobGroup = try objectStore.prepare(files, threadCount: threadCount)
        let recordGroup = try registry.prepare(records)
        var plan = try ManifestPlan(after: before, owner, registry, objectStore, keepingLater: keepingLater)
        let outcomes = try sets.map { try plan.add($0.map(\.file)) }
        let steps = zip(sets, outcomes).filter { $1.isNew }.map { ($1.manifest, Publisher.overrides(of: $0)) }
        let move = try ManifestMove(steps, from: before, owner, registry, action: .publish, run)
        try AtomicFileGroup.synchronise([blobGroup, recordGroup] + move.groups)
        try Cancellation.check()
        try objectStore.create(blobGroup, files, threadCount: threadCount)
        try registry.create(recordGroup, records)
        try move.commit()
        return outcomes
    }

    /// The gates in spite of which artifacts become current, with the reasons; nil if there are none. A record that is
    /// there stays as it is, so that the history has to say it as well.
    private static func overrides(of artifacts: [Artifact]) -> String? {
        let overrides = artifacts.flatMap(\.provenance.gates).compactMap { gate in
            gate.reason.map { "override \(gate.name)=\($0)" }
        }
        return overrides.isEmpty ? nil : Set(overrides).sorted().joined(separator: "; ")
    }

    /// What `publish` would make current.
    package func preview(_ artifacts: [Artifact], of owner: SegmentKey) throws -> Outcome {
        let before = try registry.manifest(of: owner)
        try checkManifestIsNotLost(before, owner, publishing: artifacts)
        var plan = try ManifestPlan(after: before, owner, registry, objectStore, keepingLater: false)
        return try plan.add(artifacts.map(\.file))
    }

    /// - Throws: `PublishingError` if there is no manifest and the history says that there was one: a new one would
    ///   forget the other kinds.
    private func checkManifestIsNotLost(
        _ manifest: Manifest?, _ owner: SegmentKey, publishing artifacts: [Artifact],
    ) throws {
        guard manifest == nil else { return }
        let last = try registry.lastHistoryNumber(of: owner)
        if last == 0 { return }
        let entry = try registry.historyEntry(owner, last)
        // The first entry may be all that a crash has left of a first publication: then this one completes it.
        let kinds = Set(artifacts.map(\.file.key.kind))
        if entry.replacedNumber == nil, entry.manifest.current.keys.allSatisfy(kinds.contains) { return }
        throw PublishingError.lostManifest(path: registry.manifestPath(owner), owner)
    }
}
