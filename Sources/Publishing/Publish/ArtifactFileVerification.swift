import Artifacts
import Columns
import Platform
import SystemPackage

/// Checks that a file holds the artifact that it is taken for.
enum ArtifactFileVerification {
    /// Reads all of an `.rsart` file.
    ///
    /// - Throws: `FormatError` if it is damaged, or of another key.
    static func verify(_ file: DataFile, _ key: ArtifactKey) throws(FormatError) {
        let found = try ArtifactDecoder.verify(file)
        guard found == key else {
            throw FormatError(.mismatched, file.path, "holds \(found), not \(key)")
        }
    }

    /// Opens the blob at `uri` and checks that it is the one that a record describes.
    ///
    /// - Parameter place: Where the URI stands.
    /// - Throws: `PublishingError` if it is not that blob, or missing; `FormatError` if it is damaged;
    ///   `StorageError`.
    @discardableResult
    static func verify(
        _ uri: String, is record: ArtifactRecord, namedIn place: FilePath, _ access: FileAccess,
    ) throws -> DataFile {
        let file: DataFile
        do {
            file = try ObjectStore.open(uri: uri, namedIn: place, access: access)
        } catch let error as StorageError where error.kind == .notFound {
            throw PublishingError.missingBlob(path: error.path, namedIn: place)
        }
        let digest = try SHA256Digest(of: file)
        guard digest == record.digest else {
            throw PublishingError.corruptBlob(
                path: file.path, reason: "its SHA-256 is \(digest), its record says \(record.digest)")
        }
        if record.format == .rsart { try verify(file, record.key) }
        return file
    }
}
