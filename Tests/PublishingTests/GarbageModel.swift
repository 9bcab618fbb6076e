import Artifacts
import Builders
import Events
import Foundation
import Platform
import SystemPackage
import TestSupport

@testable import Publishing

/// What garbage collection must leave, told from a plain list of what was done: an independent reading of its contract.
struct GarbageModel {
    /// A version that was published and not collected, and when its record was written.
    var records: [CollectedVersion: Int] = [:]
    /// By owner all that was current, oldest first, and since when.
    var manifests: [SegmentKey: [(versions: [ArtifactKind: String], since: Int)]] = [:]
    var pins: Set<CollectedVersion> = []
    var now = 1_800_000_000

    /// What was current so many changes ago.
    func manifest(_ stepCount: Int, before owner: SegmentKey) -> [ArtifactKind: String]? {
        guard let all = manifests[owner], all.count > stepCount else { return nil }
        return all[all.count - 1 - stepCount].versions
    }

    /// True if nothing that a manifest names was collected.
    func isComplete(_ versions: [ArtifactKind: String]) -> Bool {
        versions.allSatisfy { records[CollectedVersion(kind: $0, version: $1)] != nil }
    }

    mutating func publish(_ versions: [ArtifactKind: String], of owner: SegmentKey) {
        for (kind, version) in versions {
            let key = CollectedVersion(kind: kind, version: version)
            records[key] = records[key] ?? now
        }
        let current = manifests[owner]?.last?.versions
        let next = (current ?? [:]).merging(versions) { $1 }
        if next != current { move(owner, to: next) }
    }

    mutating func move(_ owner: SegmentKey, to versions: [ArtifactKind: String]) {
        manifests[owner, default: []].append((versions, now))
    }

    /// Forgets what a collection must take out.
    mutating func collect(_ policy: CollectionPolicy) {
        let cutoff = now - policy.graceDayCount * 86_400
        records = records.filter { key, writtenAt in
            writtenAt > cutoff || pins.contains(key) || isReferred(to: key, policy.keptVersionCount, cutoff)
        }
    }

    private func isReferred(to key: CollectedVersion, _ keptVersionCount: Int, _ cutoff: Int) -> Bool {
        manifests.values.contains { all in
            all.indices.contains { index in
                guard all[index].versions[key.kind] == key.version else { return false }
                let age = all.count - 1 - index
                return age <= keptVersionCount || all[index + 1].since > cutoff
            }
        }
    }
}
