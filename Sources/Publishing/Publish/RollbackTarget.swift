import Builders
import Events
import Platform

/// Which manifest of the history a rollback goes to.
package enum RollbackTarget: Sendable, Equatable {
    /// The one so many changes before the current one, at least 1.
    case steps(Int)
    /// The latest before the current one that names this version, or one that begins so, of some kind.
    case version(String)

    /// The entry that is meant.
    ///
    /// - Parameters:
    ///   - predecessors: What was current before, latest first.
    ///   - kind: The kind that is to be rolled back; nil for all. Then only changes of this kind count as steps, and
    ///     only versions of this kind are meant.
    ///   - current: The version of that kind that is current.
    /// - Throws: `PublishingError` if there is none; the failure of an entry that would have to be read for it.
    func entry(
        among predecessors: ManifestPredecessors, _ owner: SegmentKey, kind: ArtifactKind?, current: String?,
    ) throws -> HistoryEntry {
        switch self {
        case .steps(let count):
            return try RollbackTarget.entry(count, among: predecessors, owner, kind: kind, current: current)
        case .version(let version):
            var failure: (any Error)?
            for result in predecessors {
                switch result {
                case .success(let entry): if entry.manifest.names(version, kind) { return entry }
                // It may name that version; but another one may, too.
                case .failure(let error): failure = failure ?? error
                }
            }
            throw failure
                ?? PublishingError.notFound(
                    what: "\(owner): no manifest before the current one names version \(version)"
                        + (kind.map { " of \($0.rawValue)" } ?? ""),
                    remedy: "list what there is: recsys-pipelines versions \(owner.flags)")
        }
    }

    private static func entry(
        _ count: Int, among predecessors: ManifestPredecessors, _ owner: SegmentKey, kind: ArtifactKind?,
        current: String?,
    ) throws -> HistoryEntry {
        var (changeCount, version) = (0, current)
        for result in predecessors {
            // How many steps lie behind a damaged entry is not known.
            let entry = try result.get()
            if let kind {
                let earlier = entry.manifest.current[kind].map { Registry.version(inURI: $0) }
                guard let earlier, earlier != version else { continue }
                version = earlier
            }
            changeCount += 1
            if changeCount == count { return entry }
        }
        let what = kind.map { "versions of \($0.rawValue)" } ?? "manifests"
        throw PublishingError.notFound(
            what: "\(owner): \(changeCount) \(what) stand before the current one, not \(count)",
            remedy: "choose fewer steps, or a version: recsys-pipelines versions \(owner.flags)")
    }
}

extension Manifest {
    /// True if a version that begins so is current: of that kind, or of any.
    fileprivate func names(_ version: String, _ kind: ArtifactKind?) -> Bool {
        current.contains { (kind == nil || kind == $0.key) && Registry.version(inURI: $0.value).hasPrefix(version) }
    }
}
