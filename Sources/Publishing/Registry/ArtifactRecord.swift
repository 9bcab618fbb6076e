package import Artifacts
import Builders
package import Events
import FoundationEssentials
package import Platform

/// What made an artifact: everything that the artifact itself, being the same whenever it is made, does not say.
package struct Provenance: Sendable, Equatable, Decodable {
    /// A partition or a catalog that it was made from.
    package struct Source: Sendable, Equatable, Decodable {
        /// The day of a partition, or the path of a catalog.
        package let name: String
        /// The SHA-256 of the file.
        package let sha256: String

        package init(name: String, sha256: SHA256Digest) {
            self.name = name
            self.sha256 = sha256.hexadecimal
        }
    }

    package let runIdentifier: String
    /// RFC 3339, when the run began.
    package let builtAt: String
    package let sources: [Source]
    /// What the gates before publishing said; none in records of builds that had none.
    package var gates: [Gate]

    /// What a gate measured, and what became of it.
    package struct Gate: Sendable, Equatable, Decodable {
        package let name: String
        package let value: Double
        package let threshold: Double
        /// `passed`, `warned`, or `overridden`.
        package let outcome: String
        /// Why it was overridden.
        package let reason: String?

        package init(name: String, value: Double, threshold: Double, outcome: String, reason: String?) {
            self.name = name
            self.value = value
            self.threshold = threshold
            self.outcome = outcome
            self.reason = reason
        }
    }

    package init(run: RunIdentifier, sources: [Source]) {
        runIdentifier = run.description
        builtAt = run.startedAt.description
        self.sources = sources
        gates = []
    }

    enum CodingKeys: String, CodingKey {
        case runIdentifier = "run_id"
        case builtAt = "built_at"
        case sources, gates
    }

    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        runIdentifier = try members.decode(String.self, forKey: .runIdentifier)
        builtAt = try members.decode(String.self, forKey: .builtAt)
        sources = try members.decode([Source].self, forKey: .sources)
        gates = try members.decodeIfPresent([Gate].self, forKey: .gates) ?? []
    }

    /// The members of a JSON object that the caller has begun.
    func write(to json: inout JSONWriter) {
        json.member("run_id", runIdentifier)
        json.member("built_at", builtAt)
        json.key("sources")
        json.array { json in
            for source in sources {
                json.object { json in
                    json.member("name", source.name)
                    json.member("sha256", source.sha256)
                }
            }
        }
        if gates.isEmpty { return }
        json.key("gates")
        json.array { json in for gate in gates { json.object { gate.write(to: &$0) } } }
    }
}

extension Provenance.Gate {
    fileprivate func write(to json: inout JSONWriter) {
        json.member("name", name)
        json.key("value")
        json.number(value)
        json.key("threshold")
        json.number(threshold)
        json.member("outcome", outcome)
        if let reason { json.member("reason", reason) }
    }
}

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
