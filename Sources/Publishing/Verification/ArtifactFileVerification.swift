package import Artifacts
import Columns
package import Platform
import SystemPackage

/// Checks that a file holds the artifact that it is taken for.
package enum ArtifactFileVerification {
    /// Checks the content of an artifact.
    ///
    /// - Parameters:
    ///   - version: The version that it must have; nil for any.
    ///   - digest: The SHA-256 that it must have; nil for any.
    /// - Returns: Whose it is, if the format says so.
    /// - Throws: `FormatError` if it is damaged, or of another version; `PublishingError` if it has another SHA-256;
    ///   `StorageError`.
    package static func check(
        _ file: DataFile, _ format: ArtifactFileFormat, _ version: SHA256Digest? = nil, digest: SHA256Digest? = nil,
        level: VerificationLevel,
    ) throws -> ArtifactKey? {
        var key: ArtifactKey?
        switch format {
        case .rsart:
            key = try level == .quick ? ArtifactDecoder.key(of: file) : ArtifactDecoder.verify(file)
        case .jsonV1 where level >= .full:
            let found = try JSONv1Verifier.version(of: file)
            guard version == nil || found == version else {
                throw FormatError(.mismatched, file.path, "holds version \(found)")
            }
        case .jsonV1: break
        }
        // Every byte of an `.rsart` has a checksum of its own; of JSON the white space has none but this.
        if level >= (format == .rsart ? .deep : .full), let digest {
            let found = try SHA256Digest(of: file)
            guard found == digest else {
                throw PublishingError.corruptBlob(
                    path: file.path, reason: "its SHA-256 is \(found), it should be \(digest)")
            }
        }
        return key
    }

    /// Reads all of an `.rsart` file.
    ///
    /// - Throws: `FormatError` if it is damaged, or of another key; `StorageError`.
    static func check(_ file: DataFile, is key: ArtifactKey) throws {
        let found = try check(file, .rsart, level: .full)
        guard found == key else { throw FormatError(.mismatched, file.path, "does not hold \(key)") }
    }

    /// Opens the blob of a record and checks that it is the one that the record describes.
    ///
    /// - Parameter place: The file that names the version.
    /// - Throws: `PublishingError` if it is not that blob, or missing; `FormatError` if it is damaged;
    ///   `StorageError`.
    @discardableResult
    static func open(
        _ record: ArtifactRecord, in store: ObjectStore, namedIn place: FilePath,
    ) throws -> DataFile {
        let path = store.path(of: record)
        guard try File.exists(path) else { throw PublishingError.missingBlob(path: path, namedIn: place) }
        let file = try DataFile(path: path, access: store.access)
        let digest = try SHA256Digest(of: file)
        guard digest == record.digest else {
            throw PublishingError.corruptBlob(
                path: path, reason: "its SHA-256 is \(digest), its record says \(record.digest)")
        }
        let found = try check(file, record.format, record.version, level: .full)
        if let found, found != record.key {
            throw FormatError(.mismatched, path, "holds \(found), its record says \(record.key)")
        }
        return file
    }
}
