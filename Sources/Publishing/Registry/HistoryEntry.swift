import Builders
package import Events
import FoundationEssentials
import Platform

/// A manifest that was current, or was about to be when a crash came: with who made it so, when and why.
package struct HistoryEntry: Sendable, Equatable {
    /// What moved the manifest.
    package enum Action: String, Sendable, Codable {
        case publish
        case rollback
    }

    /// Counts up from 1 without gaps.
    package let number: Int
    /// The number of the entry whose manifest this one replaced; nil for the first. Entries in between, left by
    /// crashes, never became current.
    package let replacedNumber: Int?
    package let action: Action
    package let runIdentifier: String
    /// User and host.
    package let actor: String
    /// What the person who did it gave as the reason, if any.
    package let reason: String?
    package let manifest: Manifest

    /// The file's bytes.
    package var encoded: [UInt8] {
        JSONWriter.text(style: .indented) { json in
            json.object { json in
                json.member("v", 1)
                json.member("number", number)
                if let replacedNumber { json.member("replaces", replacedNumber) }
                json.member("action", action.rawValue)
                json.member("run_id", runIdentifier)
                json.member("actor", actor)
                if let reason { json.member("reason", reason) }
                json.key("manifest")
                manifest.write(to: &json)
            }
        } + [UInt8(ascii: "\n")]
    }

    init(
        number: Int, replacedNumber: Int?, action: Action, runIdentifier: String, actor: String, reason: String?,
        manifest: Manifest,
    ) {
        self.number = number
        self.replacedNumber = replacedNumber
        self.action = action
        self.runIdentifier = runIdentifier
        self.actor = actor
        self.reason = reason
        self.manifest = manifest
    }

    /// Reads what `encoded` wrote for that owner, or returns nil.
    package init?(encoded bytes: [UInt8], owner: SegmentKey) {
        guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(bytes)), stored.v == 1,
            let manifest = Manifest(stored.manifest, owner: owner), stored.replaces ?? 0 < stored.number
        else { return nil }
        self.init(
            number: stored.number, replacedNumber: stored.replaces, action: stored.action,
            runIdentifier: stored.run_id, actor: stored.actor, reason: stored.reason, manifest: manifest)
    }

    /// The members as they are spelled.
    private struct Stored: Decodable {
        let v: Int
        let number: Int
        let replaces: Int?
        let action: Action
        let run_id: String
        let actor: String
        let reason: String?
        let manifest: Manifest.Stored
    }
}
