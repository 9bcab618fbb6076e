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
        let earlier = RollbackTarget.predecessors(of: current, in: history)
        switch self {
        case .steps(let count):
            guard count <= earlier.count else {
                throw .notFound(
                    what: "\(current.owner): \(earlier.count) manifests stand before the current one, not \(count)",
                    remedy: "choose fewer steps, or a version: recsys-pipelines versions \(current.owner.flags)")
            }
            return earlier[count - 1]
        case .version(let version):
            let entry = earlier.first { entry in
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

    /// What was current before `current`, latest first.
    private static func predecessors(of current: Manifest, in history: [HistoryEntry]) -> [HistoryEntry] {
        let entries = Dictionary(uniqueKeysWithValues: history.map { ($0.number, $0) })
        var result: [HistoryEntry] = []
        // A manifest without an entry was put there by hand, after the last one.
        let currentEntry = history.last { $0.manifest == current }
        var number = currentEntry == nil ? history.last?.number : currentEntry?.replacedNumber
        // Not simply one number less: a crash between entry and manifest leaves an entry that never became current.
        while let entry = number.flatMap({ entries[$0] }) {
            result.append(entry)
            number = entry.replacedNumber
        }
        return result
    }
}

extension SegmentKey {
    /// The flags that name this owner on the command line.
    package var flags: String {
        "--tenant \(tenant) --surface \(surface)" + (segment.map { " --segment \($0)" } ?? "")
    }
}
