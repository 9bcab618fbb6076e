import ArgumentParser

/// Which rows are shown: of a partition those that match all filters.
struct RowOptions: ParsableArguments {
    @Option(name: .long, help: "Only events of this user; with '' those without one.")
    var user: String?

    @Option(name: .long, help: "Only events of this session.")
    var session: String?

    @Option(name: .long, help: "Only events of this request; with '' those without one.")
    var request: String?

    @Option(name: .long, help: "Only events with this item.")
    var item: String?

    @Option(
        name: .long, help: "Only events from this time on: RFC 3339, or HH:MM[:SS] of the day in UTC.",
        transform: TimeBound.parse)
    var from: TimeBound?

    @Option(name: .long, help: "Only events before this time.", transform: TimeBound.parse)
    var to: TimeBound?

    @Option(name: .long, help: "At most so many rows, the first ones.")
    var head: Int?

    @Option(name: .long, help: "At most so many rows, spread evenly; the same ones each time.")
    var sample: Int?

    func validate() throws {
        if let head, head < 1 { throw ValidationError("--head: must be at least 1") }
        if let sample, sample < 1 { throw ValidationError("--sample: must be at least 1") }
        if head != nil && sample != nil { throw ValidationError("--head and --sample exclude each other") }
        if session == "" || item == "" { throw ValidationError("every event has a session and an item; name one") }
        if let from, let to, from.isSurelyAtOrAfter(to) { throw ValidationError("--from: must be before --to") }
    }

    /// True if all rows are shown.
    var areAll: Bool { eventFilter == nil && head == nil && sample == nil }

    /// The first filter of events that is in use.
    var eventFilter: String? {
        let filters: [(name: String, isUsed: Bool)] = [
            ("--user", user != nil), ("--session", session != nil), ("--request", request != nil),
            ("--item", item != nil), ("--from", from != nil), ("--to", to != nil),
        ]
        return filters.first { $0.isUsed }?.name
    }
}
