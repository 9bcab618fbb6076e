import Events
import Platform
package import SystemPackage

/// The locks of everybody who changes or removes what is published. A reader needs none.
package struct PublishingLocks: Sendable {
    package let root: FilePath

    /// - Parameter root: The folder of the locks: the same for all who share a registry.
    package init(root: FilePath) {
        self.root = root
    }

    /// For who moves the manifest of an owner: nobody else moves it meanwhile, and nobody collects garbage of the
    /// surface, whose segments share their blobs.
    func moving(_ owner: SegmentKey) -> [FileLock.Request] {
        [blobs(owner.surfaceKey, .shared), FileLock.Request(root.appending(owner.folders).appending("publish.lock"))]
    }

    /// For who pins a version: nobody collects garbage of the surface meanwhile.
    func pinning(_ surfaceKey: SurfaceKey) -> [FileLock.Request] { [blobs(surfaceKey, .shared)] }

    /// For who collects garbage of a surface: nobody publishes, rolls back or pins there meanwhile.
    func collecting(_ surfaceKey: SurfaceKey) -> [FileLock.Request] { [blobs(surfaceKey, .exclusive)] }

    private func blobs(_ surfaceKey: SurfaceKey, _ mode: FileLock.Mode) -> FileLock.Request {
        FileLock.Request(root.appending("\(surfaceKey.tenant)/\(surfaceKey.surface)/blobs.lock"), mode)
    }
}
