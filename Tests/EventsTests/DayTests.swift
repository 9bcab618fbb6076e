import Events
import Testing

/// `Day` is the calendar of the years 0000 to 9999, without a gap or a double.
@Suite struct DayTests {
    /// Two digits for the numbers below 100.
    private static let twoDigits = (0..<100).map { $0 < 10 ? "0\($0)" : "\($0)" }

    /// A calendar that only counts. Visits every date with its number until `visit` says no; returns where it did, or
    /// where the calendar ended if that is not the end of the range.
    private static func walk(_ visit: (_ number: Int, _ year: Int, _ month: Int, _ day: Int) -> Bool) -> Int? {
        var number = -719_528
        for year in 0...9999 {
            let isLeapYear = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
            let lengths = [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            for (index, length) in lengths.enumerated() {
                for day in 1...length {
                    guard visit(number, year, index + 1, day) else { return number }
                    number += 1
                }
            }
        }
        return number == 2_932_897 ? nil : number
    }

    @Test func everyDayRoundTripsThroughItsDate() {
        let failure = DayTests.walk { number, year, month, day in
            guard let this = Day(daysSinceEpoch: number) else { return false }
            return this.date == (year, month, day) && Day(year: year, month: month, day: day) == this
        }
        #expect(failure == nil)
    }

    @Test func everyDayRoundTripsThroughItsText() {
        let two = DayTests.twoDigits
        let failure = DayTests.walk { number, year, month, day in
            let text = "\(two[year / 100])\(two[year % 100])-\(two[month])-\(two[day])"
            guard let this = Day(text) else { return false }
            return Int(this.daysSinceEpoch) == number && this.description == text
        }
        #expect(failure == nil)
    }

    @Test func noDateOutsideTheCalendarIsADay() {
        let lengths = [
            (2023, 2, 28), (1900, 2, 28), (2024, 2, 29), (2000, 2, 29), (2023, 4, 30), (2023, 12, 31), (0, 2, 29),
        ]
        for (year, month, length) in lengths {
            #expect(Day(year: year, month: month, day: length) != nil)
            for day in [Int.min, -1, 0, length + 1, 32, .max] {
                #expect(Day(year: year, month: month, day: day) == nil, "\(year)-\(month)-\(day)")
            }
        }
        for month in [Int.min, -1, 0, 13, .max] { #expect(Day(year: 2024, month: month, day: 1) == nil) }
        for year in [Int.min, -1, 10_000, .max] { #expect(Day(year: year, month: 1, day: 1) == nil) }
    }

    @Test func noNumberOutsideTheRangeIsADay() {
        for number in [Int.min, -719_529, 2_932_897, Int(Int32.max) + 1, .max] {
            #expect(Day(daysSinceEpoch: number) == nil)
        }
    }

    @Test(arguments: [
        "", "2024", "2024-01-1", "2024-1-01", "24-01-01", "2024-01-011", "02024-01-01", "2024/01/01", "2024-01-32",
        "2024-00-10", "2024-13-10", "2023-02-29", "+024-01-01", "-001-01-01", " 2024-01-1", "2024-01-01 ", "2024-01-0a",
        "２024-01-0", "٢٤-01-01", "2024‐01-1", "2024-01-01\u{301}", "2024-01-01Z",
    ])
    func textThatIsNoDate(text: String) {
        #expect(Day(text) == nil)
    }

    @Test func advancingStopsAtTheEndsOfTheRange() {
        let first = Day.range.lowerBound
        let last = Day.range.upperBound
        #expect(first.description == "0000-01-01")
        #expect(last.description == "9999-12-31")
        #expect(first.advanced(by: 3_652_424) == last)
        #expect(last.advanced(by: -3_652_424) == first)
        #expect(first.advanced(by: -1) == nil)
        #expect(last.advanced(by: 1) == nil)
        #expect(last.advanced(by: 0) == last)
    }

    @Test func advancingByAnyNumberOverflowsNowhere() {
        for day in [Day.range.lowerBound, Day.range.upperBound] {
            #expect(day.advanced(by: .max) == nil)
            #expect(day.advanced(by: .min) == nil)
        }
    }

    @Test func daysAreInTheOrderOfTime() throws {
        let texts = ["0000-01-01", "1969-12-31", "1970-01-01", "1970-01-02", "9999-12-31"]
        let days = try texts.map { try #require(Day($0)) }
        #expect(days.reversed().sorted() == days)
        #expect(days[2].daysSinceEpoch == 0)
    }
}
