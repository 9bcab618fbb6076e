package import Builders
import Events
import Platform

/// A version of some kind, for sets of them.
package struct CollectedVersion: Hashable, Sendable {
    package let kind: ArtifactKind
    package let version: String

    package init(kind: ArtifactKind, version: String) {
        self.kind = kind
        self.version = version
    }
}

/// The versions of a surface that must stay, whatever the age of their records.
struct CollectionRoots {
    private(set) var versions: Set<CollectedVersion> = []

    /// - Parameter cutoff: In seconds since 1970: what was current later than that stays.
    /// - Throws: `PublishingError` if a manifest, or an entry of the history that says what must stay, is damaged;
    ///   `NewerVersionError`; `StorageError`.
    init(of surfaceKey: SurfaceKey, in registry: Registry, _ policy: CollectionPolicy, cutoff: Int) throws {
        for kind in ArtifactKind.allCases {
            for version in try registry.pinnedVersions(surfaceKey, kind) {
                versions.insert(CollectedVersion(kind: kind, version: version))
            }
        }
        for owner in try registry.owners(of: surfaceKey) {
            let manifest = try registry.manifest(of: owner)
            if let manifest { add(manifest) }
            // What is replaced was current until then. Of a manifest that is lost nobody knows until when it was.
            var replacedAt = manifest?.updatedAt.secondsSinceEpoch ?? .max
            for (index, result) in try registry.predecessors(of: manifest, owner).enumerated() {
                // Behind what is kept, a damaged entry keeps nothing. One that cannot be read may be whole.
                if index >= policy.keptVersionCount, case .failure(let failure as any Failure) = result,
                    failure.kind != .storage
                {
                    continue
                }
                let entry = try result.get()
                if index < policy.keptVersionCount || replacedAt > cutoff { add(entry.manifest) }
                replacedAt = entry.manifest.updatedAt.secondsSinceEpoch
            }
        }
    }

    private mutating func add(_ manifest: Manifest) {
        for (kind, uri) in manifest.current {
            versions.insert(CollectedVersion(kind: kind, version: Registry.version(inURI: uri)))
        }
    }
}
