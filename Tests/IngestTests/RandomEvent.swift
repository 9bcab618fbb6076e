import Columns
import Events
import TestSupport

/// An event as the model knows it, and as many lines as there are ways to write it.
struct RandomEvent {
    let key: PartitionKey
    let exposure: Exposure

    /// Ids that are easily mistaken for each other or for something else.
    private static let identifiers = [
        "7", "007", "-7", "18446744073709551615", "18446744073709551616", "é", "e\u{301}", "👩", "👩\u{200D}👧", "\0",
        "a\0",
        "a b", "\"", "\\", "\\n", "/", "null", "\u{FEFF}x", "\u{200B}", "\u{1F}", "{",
        "0123abcd-4567-89ab-cdef-0123456789ab",
        "0123ABCD-4567-89ab-cdef-0123456789ab", String(repeating: "é", count: 2048), "\u{10FFFF}", "A", "a",
    ]
    private static let days = ["1969-12-31", "1970-01-01", "2024-02-29", "2024-03-01"]
    private static let spaces = ["", "", "", " ", "\t\n", "\u{85}", "\u{A0}", "\u{2003}", "\u{3000}\r"]

    init(using generator: inout SplitMix64) {
        key = .fixture(
            tenant: Bool.random(using: &generator) ? "demo" : "démo",
            surface: Bool.random(using: &generator) ? "home" : "shop",
            day: RandomEvent.pick(RandomEvent.days, using: &generator))
        let identifiers = RandomEvent.identifiers
        let times: [UInt64] = [0, 1, 999_999_999, 43_200_000_000_000, 43_200_500_000_000, 86_399_999_999_999]
        exposure = Exposure(
            user: RandomEvent.pick([nil] + identifiers.prefix(9).map { $0 }, using: &generator),
            session: RandomEvent.pick(identifiers, using: &generator),
            request: RandomEvent.pick([nil, nil] + identifiers.map { $0 }, using: &generator),
            item: RandomEvent.pick(identifiers, using: &generator),
            at: RandomEvent.pick(times, using: &generator),
            rank: RandomEvent.pick([nil, 0, 1, 2_147_483_647], using: &generator))
    }

    /// The events of each partition in its order: by user, those without one first by session, then by time, then as
    /// they came.
    static func partitions(of events: [RandomEvent]) -> [PartitionKey: [Exposure]] {
        Dictionary(grouping: events, by: \.key).mapValues { events in
            ExposureColumns(events.map(\.exposure)).exposures
        }
    }

    /// A line that says just this.
    func line(using generator: inout SplitMix64) -> String {
        var members = [("v", "1"), ("ts", timestamp(using: &generator))]
        func add(_ name: String, _ text: String) {
            let space = (RandomEvent.pick(RandomEvent.spaces, using: &generator), "")
            members.append((name, JSONSpelling.string(space.0 + text + space.0, using: &generator)))
        }
        add("tenant", key.surfaceKey.tenant.text)
        add("surface", key.surfaceKey.surface.text)
        add("session_id", exposure.session)
        add("item_id", exposure.item)
        for (name, text) in [("user_id", exposure.user), ("request_id", exposure.request)] {
            if let text { add(name, text) } else { addNone(name, to: &members, using: &generator) }
        }
        if let rank = exposure.rank {
            members.append(("rank", "\(rank)"))
        } else if Bool.random(using: &generator) {
            members.append(("rank", "null"))
        }
        if Bool.random(using: &generator) { members.append(("note", "{\"item_id\":[1,{\"v\":null}],\"x\":\"}\"}")) }
        return JSONSpelling.object(members.map { (name: $0.0, json: $0.1) }, using: &generator)
    }

    private func addNone(_ name: String, to members: inout [(String, String)], using generator: inout SplitMix64) {
        if let json = RandomEvent.pick([nil, "null", "\"\"", "\" \\u3000\""], using: &generator) {
            members.append((name, json))
        }
    }

    /// The time with a random offset.
    private func timestamp(using generator: inout SplitMix64) -> String {
        let offset = Int.random(in: -1439...1439, using: &generator)
        let nanoseconds = Int(exposure.nanosecondOfDay) + offset * 60_000_000_000
        let dayLength = Int(Timestamp.nanosecondsPerDay)
        let shift = nanoseconds < 0 ? -1 : nanoseconds / dayLength
        guard let day = key.day.advanced(by: shift) else { return "" }
        let local = Timestamp(day: day, nanosecondOfDay: UInt64(nanoseconds - shift * dayLength)).description
        let clock = [abs(offset) / 60, abs(offset) % 60].map { ($0 < 10 ? "0" : "") + "\($0)" }.joined(separator: ":")
        let zone =
            offset == 0
            ? RandomEvent.pick(["Z", "z", "+00:00", "-00:00"], using: &generator)
            : (offset < 0 ? "-" : "+") + clock
        return JSONSpelling.string(local.dropLast() + zone, using: &generator)
    }

    private static func pick<Value>(_ values: [Value], using generator: inout SplitMix64) -> Value {
        values[Int.random(in: values.indices, using: &generator)]
    }
}
