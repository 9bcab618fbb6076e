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
