import Artifacts
import Builders
import Columns
import Events
import Platform

/// Rows as lines of JSON. Those of a partition are events that can be ingested again.
struct JSONLinesForm: RowForm {
    func eventHeading() -> [UInt8] { [] }

    func append(_ row: Int, of events: ExposureColumns, _ key: PartitionKey, to text: inout [UInt8]) {
        text += JSONWriter.text(style: .compact) { json in
            json.object { json in
                json.member("v", 1)
                json.member("ts", events.timestamp(row, of: key).description)
                json.member("tenant", key.surfaceKey.tenant.text)
                json.member("surface", key.surfaceKey.surface.text)
                json.member("user_id", events.users, row)
                json.member("session_id", events.sessions, row)
                json.member("request_id", events.requests, row)
                json.member("item_id", events.items, row)
                if events.ranks[row] > 0 { json.member("rank", events.ranks[row] - 1) }
            }
        }
        text.append(UInt8(ascii: "\n"))
    }

    func artifactHeading(_ kind: ArtifactKind, _ values: RankedRows.ValueKind) -> [UInt8] { [] }

    func append(_ row: Int, of rows: SpelledRows, to text: inout [UInt8]) {
        text += JSONWriter.text(style: .compact) { json in
            guard rows.kind.form != .ranking else {
                for entry in rows.entries[row] { json.element(entry, of: rows) }
                return
            }
            json.object { json in
                json.key(rows.kind.form == .users ? "user_id" : "item_id")
                json.string(rows.keys[row])
                json.key(rows.kind.form == .tags ? "tags" : "items")
                json.array { json in for entry in rows.entries[row] { json.element(entry, of: rows) } }
            }
        }
        text.append(UInt8(ascii: "\n"))
    }
}

extension JSONWriter {
    /// The id of a row, if it has one.
    fileprivate mutating func member(_ name: StaticString, _ column: CodedColumn, _ row: Int) {
        let code = Int(column.codes[row])
        guard code > 0 else { return }
        key(name)
        string(column.dictionary[code - 1])
    }

    fileprivate mutating func element(_ entry: RankedRows.Entry, of rows: SpelledRows) {
        if case .none = entry.value { return string(rows.ids[entry.member]) }
        object { json in
            json.key("item_id")
            json.string(rows.ids[entry.member])
            switch entry.value {
            case .none: break
            case .count(let count): json.member("count", count)
            case .score(let score):
                json.key("score")
                json.number(score)
            }
        }
    }
}

extension ExposureColumns {
    /// The time of a row.
    func timestamp(_ row: Int, of key: PartitionKey) -> Timestamp {
        Timestamp(day: key.day, nanosecondOfDay: nanosecondsOfDay[row])
    }
}
