import Artifacts
import Builders
import Columns
import Events
import Platform
import Publishing
import SystemPackage

extension FileVerifier {
    /// Verifies an artifact file.
    ///
    /// - Parameter place: Where in the object store it is; nil outside of it.
    func artifact(_ path: FilePath, _ format: ArtifactFileFormat, _ place: ArtifactPlace?) throws -> Outcome {
        guard let place else {
            let file = try open(path)
            // What was fetched from an object store has the name that it had there: its SHA-256.
            let digest = path.stem.flatMap { SHA256Digest(hexadecimal: $0) }
            _ = try check(file, format, nil, digest: digest)
            return Outcome(byteCount: file.byteCount)
        }
        guard let kind = ArtifactKind(rawValue: place.kindName) else {
            throw FormatError(.mismatched, path, "stands in a folder of no kind of artifact")
        }
        let version = try FileVerifier.version(named: place.versionName, path)
        // A record that is damaged is reported where it is verified itself; a crash leaves blobs without one.
        let record = try? layout.registry.record(of: place.surfaceKey, kind: kind, version: version.hexadecimal)
        if let record { return try artifact(path, of: record) }
        let file = try open(path)
        let found = try check(file, format, version, digest: format == .rsart ? version : nil)
        if let found, found.owner.surfaceKey != place.surfaceKey || found.kind != kind {
            throw FormatError(.mismatched, path, "holds \(found), which belongs in another folder")
        }
        return Outcome(byteCount: file.byteCount)
    }

    /// Verifies the artifact that a record is of.
    func artifact(_ path: FilePath, of record: ArtifactRecord) throws -> Outcome {
        let file = try open(path)
        let found = try check(file, record.format, record.version, digest: record.digest)
        if let found, found != record.key {
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

    private func check(
        _ file: DataFile, _ format: ArtifactFileFormat, _ version: SHA256Digest?, digest: SHA256Digest?,
    ) throws -> ArtifactKey? {
        try ArtifactFileVerification.check(file, format, version, digest: digest, level: level)
    }

    private static func version(named name: String, _ path: FilePath) throws(FormatError) -> SHA256Digest {
        guard let version = SHA256Digest(hexadecimal: name) else {
            throw FormatError(.mismatched, path, "its name is no version")
        }
        return version
    }
}
