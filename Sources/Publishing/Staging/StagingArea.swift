import Artifacts
import Builders
package import Events
import FoundationEssentials
package import Platform
package import SystemPackage

/// Computed artifacts that wait to be published:
/// `<root>/<tenant>/<surface>/<segment or _>/<kind>/<start>_<end>/<version>.<extension>`, and beside each what made it.
package struct StagingArea: Sendable {
    package let root: FilePath

    package init(root: FilePath) {
        self.root = root
    }

    /// Where `file` is, or will be.
    package func path(of file: ArtifactFile) -> FilePath {
        folder(of: file.key).appending(file.name)
    }

    /// Stages an artifact, in place of what was staged for the same key.
    package func stage(_ file: ArtifactFile, _ provenance: Provenance) throws(StorageError) {
        let folder = folder(of: file.key)
        let object = JSONWriter.text(style: .indented) { json in json.object { provenance.write(to: &$0) } }
        let note = object + [UInt8(ascii: "\n")]
        let noteName = StagingArea.noteName(file.version)
        try AtomicFile.write(note.rawSpan, to: folder.appending(noteName))
        try AtomicFile.write(file.bytes.rawSpan, to: folder.appending(file.name))
        for name in try Directory.names(in: folder) where name != file.name && name != noteName {
            try File.remove(folder.appending(name))
        }
    }

    /// What is staged for `owner` and `window`, by kind.
    ///
    /// - Throws: `FormatError` if a file is damaged, or is of another key; `PublishingError`; `StorageError`.
    package func staged(_ owner: SegmentKey, _ window: Window) throws -> [(file: ArtifactFile, provenance: Provenance)]
    {
        try ArtifactKind.allCases.sorted().compactMap { kind in
            let key = ArtifactKey(owner, kind, window)
            let folder = folder(of: key)
            for name in try Directory.names(in: folder) {
                let path = FilePath(name)
                guard let format = ArtifactFileFormat(fileExtension: path.extension),
                    let version = path.stem.flatMap({ SHA256Digest(hexadecimal: $0) })
                else { continue }
                return try (
                    read(folder.appending(name), key, format, version),
                    provenance(folder.appending(StagingArea.noteName(version)))
                )
            }
            return nil
        }
    }

    private func read(
        _ path: FilePath, _ key: ArtifactKey, _ format: ArtifactFileFormat, _ version: SHA256Digest,
    ) throws -> ArtifactFile {
        let file = try MappedFile(path: path)
        let digest = SHA256Digest(of: file.bytes)
        if format == .rsart {
            guard digest == version else {
                throw PublishingError.corruptBlob(path: path, reason: "its SHA-256 is not its name, but \(digest)")
            }
            try ArtifactFileVerification.verify(file, key)
        }
        return ArtifactFile(
            key: key, format: format, version: version, digest: digest, bytes: file.bytes.copiedBytes)
    }

    private func provenance(_ path: FilePath) throws -> Provenance {
        guard let provenance = try? JSONDecoder().decode(Provenance.self, from: Data(File.read(path))) else {
            throw PublishingError.corruptRegistry(path: path, reason: "not the note of a staged artifact")
        }
        return provenance
    }

    private func folder(of key: ArtifactKey) -> FilePath {
        let segment = key.owner.segment?.text ?? PathSegment.absentName
        return root.appending("\(key.owner.tenant)/\(key.owner.surface)/\(segment)/\(key.kind.rawValue)/\(key.window)")
    }

    private static func noteName(_ version: SHA256Digest) -> String { "\(version).provenance.json" }
}
