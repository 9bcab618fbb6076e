import Events
import Publishing
import Synchronization

/// The versions that were removed as garbage, read of each surface when it is first asked for. Safe to share between
/// threads.
final class CollectedVersions: Sendable {
    private let registry: Registry
    private let versions = Mutex<[SurfaceKey: Set<CollectedVersion>]>([:])

    init(_ registry: Registry) {
        self.registry = registry
    }

    /// A log that cannot be read excuses nothing, and is a problem of its own.
    subscript(surfaceKey: SurfaceKey) -> Set<CollectedVersion> {
        get throws {
            try versions.withLock { versions in
                if let known = versions[surfaceKey] { return known }
                let found = Set(try registry.collectedVersions(of: surfaceKey).versions.keys)
                versions[surfaceKey] = found
                return found
            }
        }
    }
}
