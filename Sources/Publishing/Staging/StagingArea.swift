package import Artifacts
import Builders
package import Events
import FoundationEssentials
package import Platform
package import SystemPackage

/// Computed artifacts that wait to be published:
/// `<root>/<tenant>/<surface>/<segment or _>/<kind>/<start>_<end>/<version>.<extension>`, and beside each what made it.
package struct StagingArea: Sendable {
    package let root: FilePath
    /// How artifacts are read.
    package let access: FileAccess

    package init(root: FilePath, access: FileAccess = .mapped) {
        self.root = root
        self.access = access
    }

    /// Where `file` is, or will be.
    package func path(of file: ArtifactFile) -> FilePath {
        folder(of: file.key).appending(file.name)
    }

    /// Stages an artifact, in place of what was staged for the same key.
    ///
    /// The old one goes before the new one has its name, and notes stand before and after their artifacts: whatever the
    /// moment at which the process is killed, there is one artifact with its note, or none.
    ///
    /// - Throws: `StorageError`.
    package func stage(_ file: ArtifactFile, _ provenance: Provenance) throws {
        let folder = folder(of: file.key)
        let note =
            JSONWriter.text(style: .indented) { json in
                json.object { json in
                    json.member("file_sha256", file.digest.hexadecimal)
                    provenance.write(to: &json)
                }
            } + [UInt8(ascii: "\n")]
        let noteName = StagingArea.noteName(file.version)
        // What is staged can be computed again, and is verified before it is published.
        var noteFile = try AtomicFile(path: folder.appending(noteName), isDurable: false)
        try noteFile.write(note.rawSpan)
        try noteFile.commit()
        var output = try AtomicFile(path: folder.appending(file.name), isDurable: false)
        try file.forEachPiece { try output.write($0) }
        let old = try Directory.names(in: folder).filter { name in
            name != file.name && name != noteName && !name.hasPrefix(AtomicFile.temporaryPrefix)
        }
        let isNote = { (name: String) in name.hasSuffix(StagingArea.noteSuffix) }
        for name in old where !isNote(name) { try File.remove(folder.appending(name)) }
        try output.commit()
        for name in old where isNote(name) { try File.remove(folder.appending(name)) }
    }

    /// What killed processes have left in a folder of staged artifacts and in those below it: files that they began to
    /// write, and notes whose artifacts never came. Only for who may stage there.
    package func unfinished(below folder: FilePath) throws(StorageError) -> [FilePath] {
        let names = try Directory.names(in: folder)
        let versions = Set(names.compactMap { StagingArea.parse($0)?.version }.map(StagingArea.noteName))
        var paths: [FilePath] = []
        for name in names {
            let path = folder.appending(name)
            let isStray = name.hasSuffix(StagingArea.noteSuffix) && !versions.contains(name)
            if name.hasPrefix(AtomicFile.temporaryPrefix) || isStray {
                paths.append(path)
            } else if try Directory.exists(path) {
                paths += try unfinished(below: path)
            }
        }
        return paths
    }

    /// What is staged for `owner` and `window`, by kind.
    ///
    /// - Throws: `FormatError` if a file is damaged, or is of another key; `PublishingError`; `StorageError`.
    package func staged(_ owner: SegmentKey, _ window: Window) throws -> [(file: ArtifactFile, provenance: Provenance)]
    {
        try ArtifactKind.allCases.sorted().compactMap { kind in
            let key = ArtifactKey(owner, kind, window)
            let folder = folder(of: key)
            let found = try Directory.names(in: folder).compactMap(StagingArea.parse)
            // A crash came between a new artifact and the removal of the old one.
            guard found.count <= 1 else { throw PublishingError.severalStaged(path: folder) }
            return try found.first.map { format, version in
                let note = try note(folder.appending(StagingArea.noteName(version)))
                let path = folder.appending("\(version).\(format.fileExtension)")
                return (try read(path, key, format, version, note.digest), note.provenance)
            }
        }
    }

    /// What the name of a staged artifact says; nil for other names.
    private static func parse(_ name: String) -> (format: ArtifactFileFormat, version: SHA256Digest)? {
        let path = FilePath(name)
        guard let format = ArtifactFileFormat(fileExtension: path.extension),
            let version = path.stem.flatMap({ SHA256Digest(hexadecimal: $0) })
        else { return nil }
        return (format, version)
    }

    private func read(
        _ path: FilePath, _ key: ArtifactKey, _ format: ArtifactFileFormat, _ version: SHA256Digest,
        _ digest: SHA256Digest,
    ) throws -> ArtifactFile {
        let file = try DataFile(path: path, access: access)
        let found = try SHA256Digest(of: file)
        guard found == digest, format != .rsart || digest == version else {
            throw PublishingError.corruptBlob(path: path, reason: "its SHA-256 is not that of its note, but \(found)")
        }
        if format == .rsart { try ArtifactFileVerification.check(file, is: key) }
        return ArtifactFile(key: key, format: format, version: version, digest: digest, file: file)
    }

    /// The note beside a staged file: the digest of the file, and what made it.
    ///
    /// - Throws: `PublishingError` if it is missing or damaged; `StorageError`.
    package func note(_ path: FilePath) throws -> (digest: SHA256Digest, provenance: Provenance) {
        guard try File.exists(path) else {
            throw PublishingError.notFound(
                what: "\(path): this note is missing, which says what made the artifact beside it",
                remedy: "compute the artifact again")
        }
        let decoder = JSONDecoder()
        let bytes = try File.read(path)
        guard let note = try? decoder.decode(Note.self, from: Data(bytes)),
            let digest = SHA256Digest(hexadecimal: note.file_sha256),
            let provenance = try? decoder.decode(Provenance.self, from: Data(bytes))
        else { throw PublishingError.corruptRegistry(path: path, reason: "not the note of a staged artifact") }
        return (digest, provenance)
    }

    /// The members of a note beside those of a provenance, as they are spelled.
    private struct Note: Decodable {
        let file_sha256: String
    }

    /// Where the note of the staged file at `path` is.
    package func notePath(besides path: FilePath, _ version: SHA256Digest) -> FilePath {
        path.removingLastComponent().appending(StagingArea.noteName(version))
    }

    /// Where artifacts of that key are staged.
    package func folder(of key: ArtifactKey) -> FilePath {
        let segment = key.owner.segment?.text ?? PathSegment.absentName
        return root.appending("\(key.owner.tenant)/\(key.owner.surface)/\(segment)/\(key.kind.rawValue)/\(key.window)")
    }

    /// How the names of notes end.
    package static let noteSuffix = ".provenance.json"

    private static func noteName(_ version: SHA256Digest) -> String { "\(version)\(noteSuffix)" }
}
