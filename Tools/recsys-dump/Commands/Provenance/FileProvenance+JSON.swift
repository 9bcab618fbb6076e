import Ingest
import Platform
import Publishing
import SystemPackage

extension JSONWriter {
    /// The member `provenance` of an object that the caller has begun.
    mutating func member(_ provenance: FileProvenance) {
        key("provenance")
        object { json in
            switch provenance {
            case .unknown(let reason):
                json.member("known_by", "nothing")
                json.member("reason", reason)
            case .damaged(let problem):
                json.member("known_by", "nothing")
                json.member("reason", problem.message)
            case .ledger(let history, let origin): json.members(of: origin, in: history)
            case .noted(let origin): json.members(of: origin)
            }
        }
    }

    private mutating func members(of origin: PartitionOrigin, in history: LedgerHistory) {
        member("known_by", origin.entries.isEmpty ? "nothing" : "ledger")
        if origin.entries.isEmpty {
            let absence = origin.latest == nil ? "the ledger has no entry of the day" : "the ledger knows other bytes"
            member("reason", origin.mayBeDamaged ? "its entry in the ledger is damaged, or missing" : absence)
        }
        member("ledger", history.folder.string)
        key("ingests")
        array { json in for entry in origin.entries { json.ingest(entry) } }
        if origin.entries.isEmpty, let latest = origin.latest { member("latest_run_id", latest.runIdentifier) }
    }

    private mutating func members(of origin: ArtifactOrigin) {
        member("known_by", origin.isCurrent == nil ? "note" : "record")
        member("path", origin.path.string)
        member("run_id", origin.runIdentifier)
        member("built_at", origin.builtAt)
        if let isCurrent = origin.isCurrent {
            key("current")
            boolean(isCurrent)
        }
        key("sources")
        array { json in
            for source in origin.sources {
                json.object { json in
                    json.member("name", source.name)
                    json.member("sha256", source.digest)
                    json.key("ingests")
                    json.array { json in for entry in source.origin?.entries ?? [] { json.ingest(entry) } }
                }
            }
        }
    }

    private mutating func ingest(_ entry: LedgerEntry) {
        object { json in
            json.member("run_id", entry.runIdentifier)
            json.member("at", entry.startedAt)
            json.member("mode", entry.mode)
            json.key("inputs")
            json.array { json in
                for input in entry.inputs {
                    json.object { json in
                        json.member("path", input.path)
                        json.member("xxh3_128", input.digest)
                        json.member("bytes", input.byteCount)
                        json.member("lines", input.lineCount)
                    }
                }
            }
        }
    }
}
