package import Artifacts
package import Builders
package import Columns
import Events
import Platform

/// Content spelled as `recsys-dump rows` prints it: a line of JSON for each row.
package enum GoldenLines {
    /// Events of a partition.
    package static func events(_ exposures: [Exposure], of key: PartitionKey) -> [UInt8] {
        lines(exposures) { exposure, json in
            json.member("v", 1)
            json.member("ts", Timestamp(day: key.day, nanosecondOfDay: exposure.nanosecondOfDay).description)
            json.member("tenant", key.surfaceKey.tenant.text)
            json.member("surface", key.surfaceKey.surface.text)
            if let user = exposure.user { json.member("user_id", user) }
            json.member("session_id", exposure.session)
            if let request = exposure.request { json.member("request_id", request) }
            json.member("item_id", exposure.item)
            if let rank = exposure.rank { json.member("rank", rank) }
        }
    }

    /// What the footer of a partition with these events says, an object.
    package static func statistics(_ exposures: [Exposure], of key: PartitionKey) -> [UInt8] {
        let times = exposures.map(\.nanosecondOfDay)
        let ids: [IdentifierColumn: [String?]] = [
            .user: exposures.map(\.user), .session: exposures.map(\.session), .request: exposures.map(\.request),
            .item: exposures.map(\.item),
        ]
        return statistics(
            PartitionStatistics(key: key, rowCount: exposures.count, times: (times.min() ?? 0)...(times.max() ?? 0)) {
                Set((ids[$0] ?? []).compactMap { $0 }.map { Array($0.utf8) }).count
            })
    }

    /// What the footer of a partition says, an object.
    package static func statistics(_ statistics: PartitionStatistics) -> [UInt8] {
        lines([statistics]) { statistics, json in
            json.member("tenant", statistics.key.surfaceKey.tenant.text)
            json.member("surface", statistics.key.surfaceKey.surface.text)
            json.member("day", statistics.key.day.description)
            json.member("rows", statistics.rowCount)
            json.member("earliest", statistics.earliest)
            json.member("latest", statistics.latest)
            json.member("users", statistics.userCount)
            json.member("sessions", statistics.sessionCount)
            json.member("requests", statistics.requestCount)
            json.member("items", statistics.itemCount)
        }
    }

    /// A row of an artifact, spelled out; without a key in popularity.
    package typealias Row = (key: String, entries: [(id: String, value: RankedRows.Value)])

    /// Rows of an artifact.
    package static func rows(_ rows: [Row], of kind: ArtifactKind) -> [UInt8] {
        if kind == .popularity {
            return lines(rows.flatMap(\.entries)) { entry, json in members(of: entry, to: &json) }
        }
        let isOfUsers = kind == .implicit || kind == .sessionSeq
        return lines(rows) { row, json in
            json.member(isOfUsers ? "user_id" : "item_id", row.key)
            json.key(kind == .contentSim ? "tags" : "items")
            json.array { json in
                for entry in row.entries {
                    if entry.value == .none {
                        json.string(entry.id)
                    } else {
                        json.object { members(of: entry, to: &$0) }
                    }
                }
            }
        }
    }

    /// What the footer of an artifact says, an object.
    package static func metadata(
        _ rows: [Row], of key: ArtifactKey, _ parameters: [ArtifactParameter], _ valueKind: RankedRows.ValueKind,
    ) -> [UInt8] {
        let entries = rows.flatMap(\.entries)
        return lines([()]) { _, json in
            json.member("artifact_type", key.kind.rawValue)
            json.member("tenant", key.owner.tenant.text)
            json.member("surface", key.owner.surface.text)
            if let segment = key.owner.segment { json.member("segment", segment.text) }
            json.member("first_day", key.window.start.description)
            json.member("last_day", key.window.end.description)
            json.key("parameters")
            json.object { json in for parameter in parameters { add(parameter, to: &json) } }
            json.key("counts")
            json.object { json in
                json.member("rows", rows.count)
                json.member("row_keys", key.kind == .popularity ? 0 : rows.count)
                json.member("member_keys", Set(entries.map { Array($0.id.utf8) }).count)
                json.member("entries", entries.count)
                json.member("counted_entries", valueKind == .counts ? entries.count : 0)
                if valueKind == .scores { json.member("scored_entries", entries.count) }
            }
        }
    }

    private static func members(of entry: (id: String, value: RankedRows.Value), to json: inout JSONWriter) {
        json.member("item_id", entry.id)
        switch entry.value {
        case .none: break
        case .count(let count): json.member("count", count)
        case .score(let score):
            json.key("score")
            json.number(score)
        }
    }

    private static func add(_ parameter: ArtifactParameter, to json: inout JSONWriter) {
        json.key(text: parameter.name)
        switch parameter.value {
        case .integer(let value): json.integer(value)
        case .fraction(let value): json.number(value)
        case .text(let text): json.string(text)
        }
    }

    /// An object a line.
    private static func lines<Element>(
        _ elements: [Element], _ write: (Element, inout JSONWriter) -> Void,
    ) -> [UInt8] {
        elements.flatMap { element in
            JSONWriter.text(style: .compact) { json in json.object { write(element, &$0) } } + [UInt8(ascii: "\n")]
        }
    }
}
