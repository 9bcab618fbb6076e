import Artifacts
package import Builders
package import Events
import FoundationEssentials
package import Platform
package import SystemPackage

/// A version that is to stay, whatever its age: with who wanted that, when and why.
package struct Pin: Sendable, Equatable {
    package let kind: ArtifactKind
    package let version: SHA256Digest
    /// User and host.
    package let actor: String
    /// RFC 3339.
    package let pinnedAt: String
    /// What the person who did it gave as the reason, if any.
    package let reason: String?

    /// The file's bytes.
    fileprivate var encoded: [UInt8] {
        JSONWriter.text(style: .indented) { json in
            json.object { json in
                json.member("v", 1)
                json.member("artifact_type", kind.rawValue)
                json.member("version", version.hexadecimal)
                json.member("pinned_at", pinnedAt)
                json.member("actor", actor)
                if let reason { json.member("reason", reason) }
            }
        } + [UInt8(ascii: "\n")]
    }

    fileprivate init(_ record: ArtifactRecord, reason: String?) {
        kind = record.key.kind
        version = record.version
        actor = Actor.description
        pinnedAt = Timestamp.thisSecond.description
        self.reason = reason
    }

    /// Reads what `encoded` wrote, or returns nil.
    fileprivate init?(encoded bytes: [UInt8]) {
        guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(bytes)), stored.v == 1,
            let kind = ArtifactKind(rawValue: stored.artifact_type),
            let version = SHA256Digest(hexadecimal: stored.version)
        else { return nil }
        self.kind = kind
        self.version = version
        actor = stored.actor
        pinnedAt = stored.pinned_at
        reason = stored.reason
    }

    /// The members as they are spelled.
    private struct Stored: Decodable {
        let v: Int
        let artifact_type: String
        let version: String
        let pinned_at: String
        let actor: String
        let reason: String?
    }
}

extension Registry {
    /// The pin at `path`.
    ///
    /// - Throws: `PublishingError` if it is damaged, or of another version; `NewerVersionError`; `StorageError`.
    package func pin(at path: FilePath) throws -> Pin {
        let bytes = try File.read(path)
        guard let pin = Pin(encoded: bytes), path.lastComponent?.string == "\(pin.version).json",
            path.removingLastComponent().lastComponent?.string == pin.kind.rawValue
        else {
            try NewerVersionError.check(bytes, at: path)
            throw PublishingError.corruptRegistry(path: path, reason: "not a pin of that version")
        }
        return pin
    }

    /// The versions of a kind that are pinned: from the names, whatever the files hold.
    package func pinnedVersions(_ surfaceKey: SurfaceKey, _ kind: ArtifactKind) throws(StorageError) -> Set<String> {
        Set(try Registry.fileNames(in: pinFolder(surfaceKey, kind)).map { String($0.dropLast(5)) })
    }

    /// Pins a version; one that is pinned stays as it is.
    ///
    /// - Returns: False if it was pinned already.
    func pin(_ record: ArtifactRecord, reason: String?) throws(StorageError) -> Bool {
        try AtomicFile.create(Pin(record, reason: reason).encoded.rawSpan, at: pinPath(record))
    }

    /// Takes a pin away.
    ///
    /// - Returns: False if there was none.
    func unpin(_ record: ArtifactRecord) throws(StorageError) -> Bool {
        let path = pinPath(record)
        let isPinned = try File.exists(path)
        if isPinned { try File.remove(path) }
        // Whoever has removed it before may have died before that was durable.
        let folder = path.removingLastComponent()
        if try File.exists(folder) { try Directory.synchronise(folder) }
        return isPinned
    }

    private func pinPath(_ record: ArtifactRecord) -> FilePath {
        pinFolder(record.key.owner.surfaceKey, record.key.kind).appending("\(record.version).json")
    }

    private func pinFolder(_ surfaceKey: SurfaceKey, _ kind: ArtifactKind) -> FilePath {
        root.appending("pins/\(surfaceKey.tenant)/\(surfaceKey.surface)/\(kind.rawValue)")
    }
}
