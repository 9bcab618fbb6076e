package import Events
import Partitions
package import Platform
package import SystemPackage

/// Records, history, pins and current manifests on disk.
///
///     records/<tenant>/<surface>/<kind>/<version>.json                 created once, never changed
///     history/<tenant>/<surface>[/segments/<segment>]/<number>.json    created once, never changed
///     current/<tenant>/<surface>[/segments/<segment>]/manifest.json    replaced in one step
///     pins/<tenant>/<surface>/<kind>/<version>.json                    created, and removed by who unpins
///     collected/<tenant>/<surface>/<run>.json                          created once, never changed
package struct Registry: Sendable {
    package let root: FilePath

    package init(root: FilePath) {
        self.root = root
    }

    /// Where the manifest of `owner` is, if there is one.
    package func manifestPath(_ owner: SegmentKey) -> FilePath {
        root.appending("current").appending(owner.folders).appending("manifest.json")
    }

    /// The current manifest, or nil if there is none.
    ///
    /// - Throws: `PublishingError` if the file is damaged; `NewerVersionError`; `StorageError`.
    package func manifest(of owner: SegmentKey) throws -> Manifest? {
        let path = manifestPath(owner)
        guard try File.exists(path) else { return nil }
        let bytes = try File.read(path)
        guard let manifest = Manifest(encoded: bytes, owner: owner) else {
            try NewerVersionError.check(bytes, at: path)
            throw PublishingError.corruptManifest(path: path, owner)
        }
        return manifest
    }

    /// The owners of a surface that have a manifest or a history: the surface itself, and its segments.
    ///
    /// - Throws: `StorageError` if a folder cannot be listed.
    package func owners(of surfaceKey: SurfaceKey) throws(StorageError) -> [SegmentKey] {
        var segments: Set<String> = []
        for tree in ["current", "history"] {
            let folder = root.appending(tree).appending(SegmentKey(surfaceKey).folders).appending("segments")
            segments.formUnion(try Directory.names(in: folder))
        }
        return [SegmentKey(surfaceKey)]
            + segments.sorted().compactMap { try? PathSegment($0) }.map { SegmentKey(surfaceKey, segment: $0) }
    }

    /// The tenants and surfaces that have something in the registry, ascending.
    ///
    /// - Throws: `StorageError` if a folder cannot be listed.
    package func surfaceKeys() throws(StorageError) -> [SurfaceKey] {
        var keys: Set<SurfaceKey> = []
        for tree in ["current", "history", "records"] {
            keys.formUnion(try SurfaceKey.all(below: root.appending(tree)))
        }
        return keys.sorted()
    }
}

extension SegmentKey {
    /// `<tenant>/<surface>`, and `/segments/<segment>` where there is one.
    package var folders: String {
        segment.map { "\(tenant)/\(surface)/segments/\($0)" } ?? "\(tenant)/\(surface)"
    }

    /// The flags that name this owner on the command line.
    package var flags: String {
        "--tenant \(tenant) --surface \(surface)" + (segment.map { " --segment \($0)" } ?? "")
    }
}
