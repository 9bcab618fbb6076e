/// Why a text is no timestamp of the event contract.
package enum TimestampProblem: Error, Sendable, CustomStringConvertible {
    case malformed
    case noSuchDate
    case noSuchTime
    case leapSecond
    case missingOffset
    case tooManyFractionalDigits
    case outOfRange

    package var description: String {
        switch self {
        case .malformed: "not an RFC 3339 timestamp such as 2026-01-31T08:15:00Z"
        case .noSuchDate: "no such date in the calendar"
        case .noSuchTime: "no such time of day or offset"
        case .leapSecond: "leap seconds are not accepted"
        case .missingOffset: "the offset is missing; end it with Z or, say, +02:00"
        case .tooManyFractionalDigits: "more than 9 fractional digits; nanoseconds are the finest unit"
        case .outOfRange: "outside the years 0000 to 9999 once converted to UTC"
        }
    }
}

extension Timestamp {
    /// Reads an RFC 3339 timestamp (section 5.6) with at most 9 fractional digits and converts it to UTC.
    ///
    /// `T` and `Z` may be lower-case, as the RFC allows; the unknown offset `-00:00` is UTC.
    package init(rfc3339 text: Span<UInt8>) throws(TimestampProblem) {
        if let usual = Timestamp(usual: text) {
            self = usual
            return
        }
        let date = try Timestamp.date(text)
        let (second, afterSeconds) = try Timestamp.secondOfDay(text)
        let (fraction, afterFraction) = try Timestamp.fraction(text, from: afterSeconds)
        let offset = try Timestamp.offsetSeconds(text, from: afterFraction)
        let utcSecond = second - offset
        let dayShift = utcSecond < 0 ? -1 : utcSecond >= 86_400 ? 1 : 0
        guard let day = dayShift == 0 ? date : date.advanced(by: dayShift) else { throw .outOfRange }
        self.init(day: day, nanosecondOfDay: UInt64(utcSecond - dayShift * 86_400) * 1_000_000_000 + UInt64(fraction))
    }

    /// Reads the form that nearly all events have, `YYYY-MM-DDThh:mm:ssZ` with or without a fraction, with half the
    /// instructions of the general way. Nil for all else, of which some is a timestamp too.
    private init?(usual text: Span<UInt8>) {
        let count = text.count
        guard count >= 20 else { return nil }
        // Zero where what separates the numbers is in its place.
        let dashes = (text[4] ^ UInt8(ascii: "-")) | (text[7] ^ UInt8(ascii: "-"))
        let colons = (text[13] ^ UInt8(ascii: ":")) | (text[16] ^ UInt8(ascii: ":"))
        let letters = (text[10] ^ UInt8(ascii: "T")) | (text[count - 1] ^ UInt8(ascii: "Z"))
        var digits = DecimalPairs()
        let century = digits.value(text[0], text[1])
        let year = digits.value(text[2], text[3])
        let month = digits.value(text[5], text[6])
        let day = digits.value(text[8], text[9])
        let hour = digits.value(text[11], text[12])
        let minute = digits.value(text[14], text[15])
        let second = digits.value(text[17], text[18])
        guard dashes | colons | letters == 0, digits.areValid, hour < 24, minute < 60, second < 60,
            let date = Day(year: century * 100 + year, month: month, day: day),
            let fraction = count == 20 ? 0 : Timestamp.usualFraction(text)
        else { return nil }
        let secondOfDay = (hour * 60 + minute) * 60 + second
        self.init(day: date, nanosecondOfDay: UInt64(secondOfDay) * 1_000_000_000 + UInt64(fraction))
    }

    /// The nanoseconds that stand between the seconds and the last byte, or nil if it is no fraction that does.
    private static func usualFraction(_ text: Span<UInt8>) -> Int? {
        guard let (value, end) = try? fraction(text, from: 19), end == text.count - 1 else { return nil }
        return value
    }

    private static func date(_ text: Span<UInt8>) throws(TimestampProblem) -> Day {
        guard text.count >= 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            let year = Decimal.value(of: text, in: 0..<4),
            let month = Decimal.value(of: text, in: 5..<7),
            let day = Decimal.value(of: text, in: 8..<10)
        else { throw .malformed }
        guard let date = Day(year: year, month: month, day: day) else { throw .noSuchDate }
        return date
    }

    private static func secondOfDay(_ text: Span<UInt8>) throws(TimestampProblem) -> (second: Int, end: Int) {
        guard text.count >= 19, text[10] | 0x20 == UInt8(ascii: "t"),
            text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
            let hour = Decimal.value(of: text, in: 11..<13),
            let minute = Decimal.value(of: text, in: 14..<16),
            let second = Decimal.value(of: text, in: 17..<19)
        else { throw .malformed }
        if second == 60 { throw .leapSecond }
        guard hour < 24, minute < 60, second < 60 else { throw .noSuchTime }
        return (hour * 3600 + minute * 60 + second, 19)
    }

    private static func fraction(_ text: Span<UInt8>, from start: Int) throws(TimestampProblem) -> (Int, end: Int) {
        guard start < text.count, text[start] == UInt8(ascii: ".") else { return (0, start) }
        var end = start + 1
        while end < text.count, text[end] &- UInt8(ascii: "0") <= 9 { end += 1 }
        let digitCount = end - start - 1
        guard digitCount > 0 else { throw .malformed }
        guard digitCount <= 9 else { throw .tooManyFractionalDigits }
        var value = Decimal.value(of: text, in: (start + 1)..<end) ?? 0
        for _ in digitCount..<9 { value *= 10 }
        return (value, end)
    }

    private static func offsetSeconds(_ text: Span<UInt8>, from start: Int) throws(TimestampProblem) -> Int {
        guard start < text.count else { throw .missingOffset }
        if text.count == start + 1, text[start] | 0x20 == UInt8(ascii: "z") { return 0 }
        let isEast = text[start] == UInt8(ascii: "+")
        guard isEast || text[start] == UInt8(ascii: "-"), text.count == start + 6, text[start + 3] == UInt8(ascii: ":"),
            let hour = Decimal.value(of: text, in: (start + 1)..<(start + 3)),
            let minute = Decimal.value(of: text, in: (start + 4)..<(start + 6))
        else { throw .malformed }
        guard hour < 24, minute < 60 else { throw .noSuchTime }
        return (hour * 3600 + minute * 60) * (isEast ? 1 : -1)
    }
}
