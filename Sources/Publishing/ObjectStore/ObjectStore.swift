import Artifacts
import Builders
import Events
import FoundationEssentials
package import Platform
package import SystemPackage

/// Blobs in the local file system: `<root>/<tenant>/<surface>/<kind>/<version>.<extension>`, created once, never
/// changed.
package struct ObjectStore: Sendable {
    package let root: FilePath
    /// How blobs are read.
    package let access: FileAccess

    package init(root: FilePath, access: FileAccess = .mapped) {
        self.root = root
        self.access = access
    }

    /// The URI that a blob has once it is stored: `file://` and the absolute path.
    func uri(of file: ArtifactFile) -> String {
        URL(filePath: path(of: file).string).absoluteURL.absoluteString
    }

    /// Stores a blob unless it is there already.
    ///
    /// The bytes are written under a temporary name, made durable, read back, and verified by `verify` before the blob
    /// gets its name.
    ///
    /// - Throws: `PublishingError` if they come back different, or a blob of that version holds other bytes; whatever
    ///   `verify` throws; `StorageError`.
    func put(_ file: ArtifactFile, verify: (DataFile) throws -> Void) throws {
        let path = path(of: file)
        if try File.exists(path) {
            try check(file, at: path)
            // Whoever stored it may have died before its name was durable.
            return try Directory.synchronise(path.removingLastComponent())
        }
        var output = try AtomicFile(path: path)
        try file.forEachPiece { try output.write($0) }
        try output.synchronise()
        let written = try output.readBack(access)
        guard try file.isEqual(to: written) else { throw PublishingError.writtenWrong(path: path) }
        try verify(written)
        // Somebody else may have stored the same in the meantime.
        let isNew = try output.commitIfAbsent()
        if !isNew { try check(file, at: path) }
    }

    /// - Throws: `PublishingError` unless the blob at `path` is just that file.
    private func check(_ file: ArtifactFile, at path: FilePath) throws {
        let stored = try DataFile(path: path, access: access)
        guard try file.isEqual(to: stored) else {
            throw PublishingError.corruptBlob(path: path, reason: "holds other bytes than its version says")
        }
    }

    /// Opens the blob that a URI names.
    ///
    /// - Throws: `PublishingError` if it is no `file://` URI; `StorageError`, of kind `notFound` if there is no such
    ///   blob.
    package static func open(
        uri: String, namedIn place: FilePath, access: FileAccess = .mapped,
    ) throws -> DataFile {
        try DataFile(path: path(uri: uri, namedIn: place), access: access)
    }

    /// Where the blob is that a URI names.
    ///
    /// - Throws: `PublishingError` if it is no `file://` URI.
    package static func path(uri: String, namedIn place: FilePath) throws(PublishingError) -> FilePath {
        guard let url = URL(string: uri), url.isFileURL else {
            throw PublishingError.unsupportedURI(uri, path: place)
        }
        return FilePath(url.path(percentEncoded: false))
    }

    /// Where the blob of a record belongs.
    package func path(of record: ArtifactRecord) -> FilePath {
        folder(record.key).appending("\(record.version).\(record.format.fileExtension)")
    }

    private func path(of file: ArtifactFile) -> FilePath {
        folder(file.key).appending(file.name)
    }

    private func folder(_ key: ArtifactKey) -> FilePath {
        root.appending("\(key.owner.tenant)/\(key.owner.surface)/\(key.kind.rawValue)")
    }
}
