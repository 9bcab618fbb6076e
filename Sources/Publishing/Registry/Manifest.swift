package import Builders
package import Events
import FoundationEssentials
import Platform

/// What is live: for every kind the URI of its current artifact.
package struct Manifest: Sendable, Equatable {
    package let owner: SegmentKey
    package let current: [ArtifactKind: String]
    /// The entries of kinds that this version does not know, by their names: they are kept as they are.
    let unknown: [String: String]
    /// RFC 3339, when this became current.
    package let updatedAt: Timestamp

    package init(
        _ owner: SegmentKey, current: [ArtifactKind: String], unknown: [String: String] = [:], updatedAt: Timestamp,
    ) {
        self.owner = owner
        self.current = current
        self.unknown = unknown
        self.updatedAt = updatedAt
    }

    /// The file's bytes.
    package var encoded: [UInt8] {
        JSONWriter.text(style: .indented) { json in write(to: &json) } + [UInt8(ascii: "\n")]
    }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("v", 1)
            json.member("tenant", owner.tenant.text)
            json.member("surface", owner.surface.text)
            json.key("current")
            json.object { json in
                let known = current.map { (name: $0.key.rawValue, uri: $0.value) }
                let others = unknown.map { (name: $0.key, uri: $0.value) }
                for (name, uri) in (known + others).sorted(by: { $0.name < $1.name }) {
                    json.key(text: name)
                    json.string(uri)
                }
            }
            json.member("updated_at", updatedAt.description)
        }
    }

    /// Reads what `encoded` wrote for that owner, or returns nil.
    package init?(encoded bytes: [UInt8], owner: SegmentKey) {
        guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(bytes)) else { return nil }
        self.init(stored, owner: owner)
    }

    init?(_ stored: Stored, owner: SegmentKey) {
        let updatedAt = Array(stored.updated_at.utf8)
        guard stored.v == 1, (try? PathSegment(stored.tenant)) == owner.tenant,
            (try? PathSegment(stored.surface)) == owner.surface,
            let timestamp = try? Timestamp(rfc3339: updatedAt.span)
        else { return nil }
        var (current, unknown): ([ArtifactKind: String], [String: String]) = ([:], [:])
        for (name, uri) in stored.current {
            if let kind = ArtifactKind(rawValue: name) { current[kind] = uri } else { unknown[name] = uri }
        }
        self.init(owner, current: current, unknown: unknown, updatedAt: timestamp)
    }

    /// The members as they are spelled.
    struct Stored: Decodable {
        let v: Int
        let tenant: String
        let surface: String
        let current: [String: String]
        let updated_at: String
    }
}
