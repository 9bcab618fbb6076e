/// Whole UTC days, from `start` to `end`, both inclusive.
package struct Window: Hashable, Sendable, CustomStringConvertible {
    package let start: Day
    package let end: Day

    /// The window from `start` to `end`, or nil if it would end before it starts.
    package init?(start: Day, end: Day) {
        guard start <= end else { return nil }
        self.start = start
        self.end = end
    }

    /// The window of one day.
    package init(_ day: Day) {
        self.start = day
        self.end = day
    }

    /// The number of days, at least 1.
    package var dayCount: Int {
        Int(end.daysSinceEpoch) - Int(start.daysSinceEpoch) + 1
    }

    /// The days in words: `2026-01-06`, `2026-01-06 to 2026-01-12`.
    package var phrase: String { start == end ? "\(end)" : "\(start) to \(end)" }

    /// The days in ascending order.
    package var days: some Sequence<Day> {
        (Int(start.daysSinceEpoch)...Int(end.daysSinceEpoch)).lazy.compactMap { Day(daysSinceEpoch: $0) }
    }

    /// True if the day is one of the window.
    package func contains(_ day: Day) -> Bool {
        start <= day && day <= end
    }

    /// The window as `<start>_<end>`, the name of its folder.
    package var description: String { "\(start)_\(end)" }

    /// The first instant of the window, RFC 3339.
    package var startInstant: String { "\(start)T00:00:00Z" }

    /// The first instant after the window, RFC 3339. After 9999-12-31 comes the year 10000, which stays as it is.
    package var endInstant: String {
        end.advanced(by: 1).map { "\($0)T00:00:00Z" } ?? "10000-01-01T00:00:00Z"
    }
}
