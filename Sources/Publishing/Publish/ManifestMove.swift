import Builders
import Events
import Platform
import SystemPackage

/// Makes manifests current, one after the other, each after its entry in the history is durable.
struct ManifestMove {
    private let registry: Registry
    private let owner: SegmentKey
    private let before: Manifest?
    private let firstEntry: FilePath
    private let entries = AtomicFileGroup()
    private let manifests = AtomicFileGroup()

    /// A manifest that is to become current, and what the person who does it gave as the reason.
    typealias Step = (manifest: Manifest, reason: String?)

    /// Prepares entries and manifests under temporary names.
    ///
    /// - Parameters:
    ///   - before: What must be current until the first of them is; nil if there is none, or none that can be read.
    ///   - lostNumber: Without a manifest before, the entry of the one that was current; nil if none was.
    /// - Throws: `PublishingError` if an entry of the history is damaged that has to be read; `StorageError`.
    init(
        _ moved: [Step], from before: Manifest?, lostNumber: Int? = nil, _ owner: SegmentKey, _ registry: Registry,
        action: HistoryEntry.Action, _ run: RunIdentifier,
    ) throws {
        self.registry = registry
        self.owner = owner
        self.before = before
        let last = try registry.lastHistoryNumber(of: owner)
        firstEntry = registry.historyPath(owner, last + 1)
        // Whoever moved the manifest to where it is may have died before that was durable.
        if last > 0 { entries.confirm(registry.historyPath(owner, last)) }
        if before != nil { manifests.confirm(registry.manifestPath(owner)) }
        // A manifest that no entry has was put there by hand, or its entry is damaged: the chain goes on from the last.
        let replacedNumber = try before.flatMap { try registry.historyNumber(of: $0) ?? (last > 0 ? last : nil) }
        var replaced = before == nil ? lostNumber : replacedNumber
        for (index, (manifest, reason)) in moved.enumerated() {
            let entry = HistoryEntry(
                number: last + 1 + index, replacedNumber: replaced, action: action, runIdentifier: run.description,
                actor: Actor.description, reason: reason, manifest: manifest)
            try entries.prepareAlways(entry.encoded, as: registry.historyPath(owner, entry.number))
            try manifests.prepareAlways(manifest.encoded, as: registry.manifestPath(owner))
            replaced = entry.number
        }
    }

    /// What is to be made durable before `commit`.
    var groups: [AtomicFileGroup] { [entries, manifests] }

    /// Writes the history, then moves the manifest. Without manifests it makes durable what is current.
    ///
    /// - Throws: `PublishingError` if another manifest has become current in the meantime; `StorageError`.
    func commit() throws {
        // Each entry names the one before it: a history with a gap could not be told from one that was damaged.
        guard try entries.create(isOrdered: true).isEmpty else { throw PublishingError.lostRace(path: firstEntry) }
        guard try registry.readableManifest(of: owner) == before else {
            throw PublishingError.lostRace(path: registry.manifestPath(owner))
        }
        try manifests.commit()
    }
}

extension Registry {
    /// The current manifest; nil if there is none, or it is damaged.
    ///
    /// - Throws: `NewerVersionError`; `StorageError`.
    func readableManifest(of owner: SegmentKey) throws -> Manifest? {
        do {
            return try manifest(of: owner)
        } catch PublishingError.corruptManifest {
            return nil
        }
    }
}
