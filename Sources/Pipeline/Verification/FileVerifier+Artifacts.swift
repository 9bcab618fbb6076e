import Artifacts
import Columns
import Platform
import Publishing
import SystemPackage

extension FileVerifier {
    /// Verifies a published artifact.
    ///
    /// - Parameters:
    ///   - versionName: The version that its name says, or nil for a file outside of the store.
    ///   - record: Its record, if that is known.
    func artifact(
        _ path: FilePath, _ format: ArtifactFileFormat, versionName: String?, _ record: ArtifactRecord?,
    ) throws -> Outcome {
        let file = try open(path)
        let version = try versionName.map { name throws(FormatError) in try FileVerifier.version(named: name, path) }
        // Without a record nobody knows the SHA-256 of JSON; an `.rsart` file has its own name to tell.
        let digest = record?.digest ?? (format == .rsart ? version : nil)
        let found = try check(file, format, version, digest: digest)
        if let found, let record, found != record.key {
            throw FormatError(.mismatched, path, "holds \(found), its record says \(record.key)")
        }
        return Outcome(byteCount: file.byteCount)
    }

    /// Verifies an artifact that waits to be published.
    func stagedArtifact(_ path: FilePath, _ format: ArtifactFileFormat, versionName: String) throws -> Outcome {
        let file = try open(path)
        let version = try FileVerifier.version(named: versionName, path)
        let note = try layout.staging.note(layout.staging.notePath(besides: path, version))
        let found = try check(file, format, version, digest: note.digest)
        if let found, layout.staging.folder(of: found).absolute != path.removingLastComponent().absolute {
            throw FormatError(.mismatched, path, "holds \(found), which belongs in another folder")
        }
        return Outcome(byteCount: file.byteCount)
    }

    /// Checks the content of an artifact; returns whose it is if the format says so.
    private func check(
        _ file: DataFile, _ format: ArtifactFileFormat, _ version: SHA256Digest?, digest: SHA256Digest?,
    ) throws -> ArtifactKey? {
        var key: ArtifactKey?
        switch format {
        case .rsart:
            key = try level == .quick ? ArtifactDecoder.key(of: file) : ArtifactDecoder.verify(file)
        case .jsonV1 where level >= .full:
            let found = try JSONv1Verifier.version(of: file)
            guard version == nil || found == version else {
                throw FormatError(.mismatched, file.path, "its content is that of version \(found)")
            }
        case .jsonV1: break
        }
        if level == .deep, let digest {
            let found = try SHA256Digest(of: file)
            guard found == digest else {
                throw PublishingError.corruptBlob(
                    path: file.path, reason: "its SHA-256 is \(found), it should be \(digest)")
            }
        }
        return key
    }

    private static func version(named name: String, _ path: FilePath) throws(FormatError) -> SHA256Digest {
        guard let version = SHA256Digest(hexadecimal: name) else {
            throw FormatError(.mismatched, path, "its name is no version")
        }
        return version
    }
}
