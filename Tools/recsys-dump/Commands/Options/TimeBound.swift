import ArgumentParser
import Events

/// A time on the command line: an instant, or a time of whichever day a file is of.
enum TimeBound: Equatable {
    case instant(Timestamp)
    /// Nanoseconds since 00:00 UTC, at most those of a whole day.
    case timeOfDay(UInt64)

    /// Reads an option.
    ///
    /// - Throws: `ValidationError` if it is no time.
    static func parse(_ text: String) throws -> TimeBound {
        guard let bound = TimeBound(text) else {
            throw ValidationError("no time; write HH:MM or HH:MM:SS, or RFC 3339 such as 2026-01-31T08:15:00Z")
        }
        return bound
    }

    /// RFC 3339, or `HH:MM[:SS[.fraction]]` in UTC up to `24:00`.
    init?(_ argument: String) {
        if let instant = try? Timestamp(rfc3339: argument.utf8.span) {
            self = .instant(instant)
            return
        }
        if ["24:00", "24:00:00"].contains(argument) {
            self = .timeOfDay(Timestamp.nanosecondsPerDay)
            return
        }
        let time = argument.utf8.count == 5 ? "\(argument):00" : argument
        let text = "1970-01-01T\(time)Z"
        guard let instant = try? Timestamp(rfc3339: text.utf8.span), instant.day.description == "1970-01-01" else {
            return nil
        }
        self = .timeOfDay(instant.nanosecondOfDay)
    }

    /// Where the time is on a day: nanoseconds since 00:00, 0 if it is before the day, those of a whole day if it is
    /// after it.
    func nanosecond(of day: Day) -> UInt64 {
        switch self {
        case .timeOfDay(let nanosecond): nanosecond
        case .instant(let instant):
            instant.day == day ? instant.nanosecondOfDay : instant.day < day ? 0 : Timestamp.nanosecondsPerDay
        }
    }

    /// True if no time can be from this one on and before the other, of whatever day a file is.
    func isSurelyAtOrAfter(_ other: TimeBound) -> Bool {
        switch (self, other) {
        case (.instant(let start), .instant(let end)): start >= end
        case (.timeOfDay(let start), .timeOfDay(let end)): start >= end
        default: false
        }
    }
}
