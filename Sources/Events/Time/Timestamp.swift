import Platform

/// An instant in UTC, to the nanosecond, on any day of the years 0000 to 9999.
///
/// Day and time of day are kept apart, so that no instant of those years overflows and a day's partition stores the
/// time of day alone.
package struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let day: Day
    /// Nanoseconds since 00:00 of the day, less than `nanosecondsPerDay`.
    package let nanosecondOfDay: UInt64

    package static let nanosecondsPerDay: UInt64 = 86_400_000_000_000

    package init(day: Day, nanosecondOfDay: UInt64) {
        precondition(nanosecondOfDay < Timestamp.nanosecondsPerDay)
        self.day = day
        self.nanosecondOfDay = nanosecondOfDay
    }

    /// The instant so many seconds after 1970-01-01T00:00:00Z; for one out of range the first or last second of it.
    package init(secondsSinceEpoch: Int) {
        let first = Int(Day.range.lowerBound.daysSinceEpoch) * 86_400
        let last = Int(Day.range.upperBound.daysSinceEpoch) * 86_400 + 86_399
        let elapsed = min(max(secondsSinceEpoch, first), last) - first
        let day = Day.range.lowerBound.advanced(by: elapsed / 86_400) ?? Day.range.upperBound
        self.init(day: day, nanosecondOfDay: UInt64(elapsed % 86_400) * 1_000_000_000)
    }

    /// This instant.
    package static var now: Timestamp {
        let (seconds, nanoseconds) = WallClock.sinceEpoch
        let second = Timestamp(secondsSinceEpoch: seconds)
        return Timestamp(day: second.day, nanosecondOfDay: second.nanosecondOfDay + UInt64(nanoseconds))
    }

    /// This instant, to the second.
    package static var thisSecond: Timestamp { Timestamp(secondsSinceEpoch: WallClock.secondsSinceEpoch) }

    /// Whole seconds since 1970-01-01T00:00:00Z.
    package var secondsSinceEpoch: Int {
        Int(day.daysSinceEpoch) * 86_400 + Int(nanosecondOfDay / 1_000_000_000)
    }

    /// One nanosecond later; the last instant has none after it and stays.
    package var successor: Timestamp {
        if nanosecondOfDay + 1 < Timestamp.nanosecondsPerDay {
            return Timestamp(day: day, nanosecondOfDay: nanosecondOfDay + 1)
        }
        return day.advanced(by: 1).map { Timestamp(day: $0, nanosecondOfDay: 0) } ?? self
    }

    /// RFC 3339 in UTC with as many fractional digits as the instant needs, none for a whole second.
    package var description: String {
        "\(day)T\(Timestamp.timeOfDay(nanosecondOfDay))Z"
    }

    /// RFC 3339 in UTC with nine fractional digits, so that texts sort as the instants do.
    package var nanosecondDescription: String {
        let fraction = nanosecondOfDay % 1_000_000_000
        return "\(day)T\(Timestamp.timeOfDay(nanosecondOfDay - fraction)).\(Decimal.text(Int(fraction), digits: 9))Z"
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        (left.day, left.nanosecondOfDay) < (right.day, right.nanosecondOfDay)
    }

    /// `hh:mm:ss` and the fraction, without trailing zeros.
    package static func timeOfDay(_ nanosecondOfDay: UInt64) -> String {
        let seconds = Int(nanosecondOfDay / 1_000_000_000)
        let fraction = Int(nanosecondOfDay % 1_000_000_000)
        let text = [seconds / 3600, seconds / 60 % 60, seconds % 60]
            .map { Decimal.text($0, digits: 2) }.joined(separator: ":")
        guard fraction > 0 else { return text }
        var digits = Decimal.text(fraction, digits: 9)[...]
        while digits.last == "0" { digits.removeLast() }
        return "\(text).\(digits)"
    }
}
