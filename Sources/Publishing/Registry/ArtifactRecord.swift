package import Artifacts
import Builders
import Events
import FoundationEssentials
package import Platform

/// The registry's note about one version: where its blob is, whose it is, and what made it. Never changed.
package struct ArtifactRecord: Sendable, Equatable {
    package let key: ArtifactKey
    package let version: SHA256Digest
    package let format: ArtifactFileFormat
    package let uri: String
    package let byteCount: Int
    /// The SHA-256 of the blob.
    package let digest: SHA256Digest
    package let provenance: Provenance

    init(_ file: ArtifactFile, uri: String, provenance: Provenance) {
        key = file.key
        version = file.version
        format = file.format
        self.uri = uri
        byteCount = file.byteCount
        digest = file.digest
        self.provenance = provenance
    }

    /// The file's bytes.
    package var encoded: [UInt8] {
        JSONWriter.text(style: .indented) { json in
            json.object { json in
                json.member("v", 1)
                json.member("artifact_type", key.kind.rawValue)
                json.member("version", version.hexadecimal)
                json.member("tenant", key.owner.tenant.text)
                json.member("surface", key.owner.surface.text)
                if let segment = key.owner.segment { json.member("segment", segment.text) }
                json.member("first_day", key.window.start.description)
                json.member("last_day", key.window.end.description)
                json.member("format", format.rawValue)
                json.member("uri", uri)
                json.member("bytes", byteCount)
                json.member("sha256", digest.hexadecimal)
                provenance.write(to: &json)
            }
        } + [UInt8(ascii: "\n")]
    }

    /// Reads what `encoded` wrote, or returns nil if something is missing or outside its range.
    package init?(encoded bytes: [UInt8]) {
        let decoder = JSONDecoder()
        guard let stored = try? decoder.decode(Stored.self, from: Data(bytes)), stored.v == 1,
            let provenance = try? decoder.decode(Provenance.self, from: Data(bytes)),
            let kind = ArtifactKind(rawValue: stored.artifact_type),
            let version = SHA256Digest(hexadecimal: stored.version),
            let digest = SHA256Digest(hexadecimal: stored.sha256),
            let format = ArtifactFileFormat(rawValue: stored.format),
            let tenant = try? PathSegment(stored.tenant), let surface = try? PathSegment(stored.surface),
            let start = Day(stored.first_day), let end = Day(stored.last_day),
            let window = Window(start: start, end: end), stored.bytes >= 0, format != .rsart || digest == version
        else { return nil }
        let segment = stored.segment.flatMap { try? PathSegment($0) }
        guard (segment == nil) == (stored.segment == nil) else { return nil }
        let owner = SegmentKey(SurfaceKey(tenant: tenant, surface: surface), segment: segment)
        key = ArtifactKey(owner, kind, window)
        self.version = version
        self.format = format
        uri = stored.uri
        byteCount = stored.bytes
        self.digest = digest
        self.provenance = provenance
    }

    /// The members as they are spelled.
    private struct Stored: Decodable {
        let v: Int
        let artifact_type: String
        let version: String
        let tenant: String
        let surface: String
        let segment: String?
        let first_day: String
        let last_day: String
        let format: String
        let uri: String
        let bytes: Int
        let sha256: String
    }
}
