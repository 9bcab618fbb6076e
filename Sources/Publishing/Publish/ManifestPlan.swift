import Artifacts
import Builders
import Events
import Platform

/// The manifests that follow on one another when sets of artifacts are published.
struct ManifestPlan {
    private let owner: SegmentKey
    private let objectStore: ObjectStore
    private let isKeepingLater: Bool
    private var last: Manifest?
    /// The last day that the current artifact of a kind covers; nil for what has no record, and is in nobody's way.
    private var lastDays: [ArtifactKind: Day] = [:]

    /// - Parameters:
    ///   - before: What is current.
    ///   - keepingLater: True to leave in place what covers a later day.
    /// - Throws: `PublishingError` if a record of what is current is damaged; `StorageError`.
    init(
        after before: Manifest?, _ owner: SegmentKey, _ registry: Registry, _ objectStore: ObjectStore,
        keepingLater: Bool,
    ) throws {
        self.owner = owner
        self.objectStore = objectStore
        isKeepingLater = keepingLater
        last = before
        // Who asks for these very artifacts gets them, whatever state the current ones are in.
        guard let before, keepingLater else { return }
        for (kind, uri) in before.current {
            do {
                let place = registry.manifestPath(owner)
                lastDays[kind] = try registry.record(of: owner, kind: kind, uri: uri, namedIn: place).key.window.end
            } catch PublishingError.notFound {}
        }
    }

    /// Adds the manifest that names the files beside what the one before it names of other kinds, unless that one does
    /// so already.
    ///
    /// - Throws: `StorageError`.
    mutating func add(_ files: [ArtifactFile]) throws(StorageError) -> Publisher.Outcome {
        var current = last?.current ?? [:]
        var (isNew, isCurrent) = (last == nil, true)
        for file in files {
            let (kind, path, end) = (file.key.kind, objectStore.path(of: file), file.key.window.end)
            if isKeepingLater, let lastDay = lastDays[kind], lastDay > end {
                isCurrent = false
                continue
            }
            lastDays[kind] = end
            if let uri = current[kind], try ObjectStore.isName(uri, of: path) { continue }
            current[kind] = ObjectStore.uri(of: path)
            isNew = true
        }
        let manifest =
            isNew ? Manifest(owner, current: current, unknown: last?.unknown ?? [:], updatedAt: .thisSecond) : last
        guard let manifest else { preconditionFailure("what is not new was there before") }
        last = manifest
        return Publisher.Outcome(manifest: manifest, isNew: isNew, isCurrent: isCurrent)
    }
}
