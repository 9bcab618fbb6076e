/// A UTC day, `[00:00, 24:00)`, of the years 0000 to 9999 of the proleptic Gregorian calendar.
package struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01; negative before it.
    package let daysSinceEpoch: Int32

    /// The days whose date has a year of four digits.
    package static let range = Day(unchecked: -719_528)...Day(unchecked: 2_932_896)

    /// How many days there are.
    package static let count = 3_652_425

    private init(unchecked daysSinceEpoch: Int32) {
        self.daysSinceEpoch = daysSinceEpoch
    }

    /// The day so many days after 1970-01-01, or nil outside the years 0000 to 9999.
    package init?(daysSinceEpoch: Int) {
        let range = Int(Day.range.lowerBound.daysSinceEpoch)...Int(Day.range.upperBound.daysSinceEpoch)
        guard range.contains(daysSinceEpoch) else { return nil }
        self.daysSinceEpoch = Int32(daysSinceEpoch)
    }

    /// The day of a date, or nil if the calendar has no such date.
    package init?(year: Int, month: Int, day: Int) {
        guard (0...9999).contains(year), (1...12).contains(month),
            day >= 1, day <= Day.dayCount(year: year, month: month)
        else { return nil }
        // Days from civil, http://howardhinnant.github.io/date_algorithms.html: years begin in March, in eras of 400.
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.daysSinceEpoch = Int32(era * 146_097 + dayOfEra - 719_468)
    }

    /// The day that `text` names as `YYYY-MM-DD`, or nil.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = Decimal.value(of: bytes.span, in: 0..<4),
            let month = Decimal.value(of: bytes.span, in: 5..<7),
            let day = Decimal.value(of: bytes.span, in: 8..<10)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The date of this day.
    package var date: (year: Int, month: Int, day: Int) {
        // Civil from days, the inverse of the formula above.
        let shifted = Int(daysSinceEpoch) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// `YYYY-MM-DD`.
    package var description: String {
        let date = date
        return [(date.year, 4), (date.month, 2), (date.day, 2)]
            .map { Decimal.text($0, digits: $1) }.joined(separator: "-")
    }

    /// The day so many days later, or nil outside the range.
    package func advanced(by days: Int) -> Day? {
        let (sum, overflow) = Int(daysSinceEpoch).addingReportingOverflow(days)
        return overflow ? nil : Day(daysSinceEpoch: sum)
    }

    package static func < (left: Day, right: Day) -> Bool {
        left.daysSinceEpoch < right.daysSinceEpoch
    }

    private static func dayCount(year: Int, month: Int) -> Int {
        let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        switch month {
        case 2: return isLeapYear ? 29 : 28
        case 4, 6, 9, 11: return 30
        default: return 31
        }
    }
}
