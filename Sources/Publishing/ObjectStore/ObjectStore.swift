import Artifacts
package import Builders
package import Events
import FoundationEssentials
package import Platform
package import SystemPackage

/// Blobs in the local file system: `<root>/<tenant>/<surface>/<kind>/<version>.<extension>`, created once, never
/// changed.
///
/// A blob is found by its version, in this store. URIs are for those who read a manifest: a store that was moved or
/// restored elsewhere is complete in itself, whatever its records say of where it was.
package struct ObjectStore: Sendable {
    package let root: FilePath
    /// How blobs are read.
    package let access: FileAccess

    package init(root: FilePath, access: FileAccess = .mapped) {
        self.root = root
        self.access = access
    }

    /// The URI of the blob at `path`: `file://` and the absolute path.
    static func uri(of path: FilePath) -> String {
        URL(filePath: path.string).absoluteURL.absoluteString
    }

    /// The path that a URI names; nil if it is no `file://` URI.
    package static func path(inURI uri: String) -> FilePath? {
        guard let url = URL(string: uri), url.isFileURL else { return nil }
        return FilePath(url.path(percentEncoded: false))
    }

    /// Where the blob of a record belongs.
    package func path(of record: ArtifactRecord) -> FilePath {
        folder(record.key.owner.surfaceKey, record.key.kind)
            .appending("\(record.version).\(record.format.fileExtension)")
    }

    /// Where a blob belongs.
    func path(of file: ArtifactFile) -> FilePath {
        folder(file.key.owner.surfaceKey, file.key.kind).appending(file.name)
    }

    /// The folder of the blobs of a kind.
    package func folder(_ surfaceKey: SurfaceKey, _ kind: ArtifactKind) -> FilePath {
        root.appending("\(surfaceKey.tenant)/\(surfaceKey.surface)/\(kind.rawValue)")
    }

    /// True if a URI names the file at `path`, be it by another name of a folder on the way.
    ///
    /// - Throws: `StorageError`.
    package static func isName(_ uri: String, of path: FilePath) throws(StorageError) -> Bool {
        if uri == self.uri(of: path) { return true }
        guard let place = self.path(inURI: uri), let named = try File.status(at: place) else { return false }
        return try named.identity == File.status(at: path)?.identity
    }

    /// Writes those blobs under temporary names that are not stored yet.
    ///
    /// - Throws: `PublishingError` if a blob of that version holds other bytes; `StorageError`; `Interruption`.
    func prepare(_ files: [ArtifactFile], threadCount: Int) throws -> AtomicFileGroup {
        let group = AtomicFileGroup(reading: access)
        _ = try Parallel.map(count: files.count, threadCount: threadCount) { index in
            let (file, path) = (files[index], path(of: files[index]))
            if try File.exists(path) {
                try check(file, at: path)
                return group.confirm(path)
            }
            var output = try AtomicFile(path: path)
            try file.forEachPiece { try output.write($0) }
            try group.add(output)
        }
        return group
    }

    /// Gives prepared blobs their names, once each was read back and is what it must be.
    ///
    /// - Throws: `PublishingError` if one comes back different, or somebody has stored other bytes under its version in
    ///   the meantime; `FormatError` if it does not verify; `StorageError`; `Interruption`.
    func create(_ group: AtomicFileGroup, _ files: [ArtifactFile], threadCount: Int) throws {
        let filesByPath = Dictionary(files.map { (path(of: $0), $0) }) { first, _ in first }
        try group.readBack(threadCount: threadCount) { written, path in
            guard let file = filesByPath[path], try file.isEqual(to: written) else {
                throw PublishingError.writtenWrong(path: path)
            }
            if file.format == .rsart { try ArtifactFileVerification.check(written, is: file.key) }
        }
        for path in try group.create() { if let file = filesByPath[path] { try check(file, at: path) } }
    }

    /// - Throws: `PublishingError` unless the blob at `path` is just that file.
    private func check(_ file: ArtifactFile, at path: FilePath) throws {
        let stored = try DataFile(path: path, access: access)
        guard try file.isEqual(to: stored) else {
            throw PublishingError.corruptBlob(path: path, reason: "holds other bytes than its version says")
        }
    }
}
