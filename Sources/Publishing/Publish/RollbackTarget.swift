import Builders
import Events

/// Which manifest of the history a rollback goes to.
package enum RollbackTarget: Sendable, Equatable {
    /// The one so many changes before the current one, at least 1.
    case steps(Int)
    /// The latest before the current one that names this version of some kind.
    case version(String)

    /// The entry of `history`, oldest first, that is meant.
    ///
    /// - Throws: `PublishingError` if there is none.
    func entry(in history: [HistoryEntry], current: Manifest) throws(PublishingError) -> HistoryEntry {
        // What comes after the current manifest never became current: a crash came between entry and manifest.
        let end = history.lastIndex { $0.manifest == current } ?? history.count
        let earlier = history[..<end]
        switch self {
        case .steps(let count):
            guard count <= earlier.count else {
                throw .notFound(
                    what: "\(current.owner): \(earlier.count) manifests stand before the current one, not \(count)",
                    remedy: "choose fewer steps, or a version: recsys-pipelines versions \(current.owner.flags)")
            }
            return earlier[earlier.endIndex - count]
        case .version(let version):
            let entry = earlier.last { entry in
                entry.manifest.current.values.contains { $0.split(separator: "/").last?.hasPrefix(version) == true }
            }
            guard let entry else {
                throw .notFound(
                    what: "\(current.owner): no manifest before the current one names version \(version)",
                    remedy: "list what there is: recsys-pipelines versions \(current.owner.flags)")
            }
            return entry
        }
    }
}

extension SegmentKey {
    /// The flags that name this owner on the command line.
    package var flags: String {
        "--tenant \(tenant) --surface \(surface)" + (segment.map { " --segment \($0)" } ?? "")
    }
}
