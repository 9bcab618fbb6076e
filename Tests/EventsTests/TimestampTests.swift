import Events
import TestSupport
import Testing

/// `Timestamp` is an instant of the years 0000 to 9999 whose text says just what it is.
@Suite struct TimestampTests {
    private static let lastNanosecond = Timestamp.nanosecondsPerDay - 1

    @Test(
        arguments: [
            (0, "2026-01-31T00:00:00Z"), (1, "2026-01-31T00:00:00.000000001Z"),
            (999_999_999, "2026-01-31T00:00:00.999999999Z"),
            (1_000_000_000, "2026-01-31T00:00:01Z"), (1_500_000_000, "2026-01-31T00:00:01.5Z"),
            (60_000_000_100, "2026-01-31T00:01:00.0000001Z"), (3_600_000_000_000, "2026-01-31T01:00:00Z"),
            (86_399_999_999_999, "2026-01-31T23:59:59.999999999Z"), (86_399_010_000_000, "2026-01-31T23:59:59.01Z"),
        ] as [(UInt64, String)])
    func textHasNoMoreDigitsThanTheInstantNeeds(nanosecondOfDay: UInt64, text: String) throws {
        let day = try #require(Day("2026-01-31"))
        #expect(Timestamp(day: day, nanosecondOfDay: nanosecondOfDay).description == text)
    }

    @Test func textRoundTrips() throws {
        var generator = SplitMix64(seed: 1)
        // Divisors of all sizes, so that all numbers of fractional digits occur.
        let divisors: [UInt64] = [1, 10, 1000, 1_000_000, 1_000_000_000, 60_000_000_000]
        let numbers = (0..<2000).map { _ in Int.random(in: -719_528...2_932_896, using: &generator) }
        for day in (numbers + [-719_528, -1, 0, 2_932_896]).compactMap({ Day(daysSinceEpoch: $0) }) {
            let divisor = divisors.randomElement(using: &generator) ?? 1
            let random = UInt64.random(in: 0..<Timestamp.nanosecondsPerDay, using: &generator) / divisor * divisor
            for nanosecond in [0, random, TimestampTests.lastNanosecond] {
                let timestamp = Timestamp(day: day, nanosecondOfDay: nanosecond)
                let text = Array(timestamp.description.utf8)
                let parsed = try Timestamp(rfc3339: text.span)
                guard parsed == timestamp else {
                    Issue.record("\(timestamp) came back as \(parsed)")
                    return
                }
            }
        }
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (86_399, "1970-01-01T23:59:59Z"),
        (86_400, "1970-01-02T00:00:00Z"), (-86_400, "1969-12-31T00:00:00Z"), (-86_401, "1969-12-30T23:59:59Z"),
        (1_709_164_800, "2024-02-29T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
        (-62_167_219_200, "0000-01-01T00:00:00Z"),
    ])
    func secondsSinceEpoch(seconds: Int, text: String) {
        #expect(Timestamp(secondsSinceEpoch: seconds).description == text)
    }

    @Test func secondsBeyondTheRangeAreItsEnds() {
        let last = Timestamp(day: Day.range.upperBound, nanosecondOfDay: 86_399_000_000_000)
        let first = Timestamp(day: Day.range.lowerBound, nanosecondOfDay: 0)
        for seconds in [253_402_300_800, .max] { #expect(Timestamp(secondsSinceEpoch: seconds) == last) }
        for seconds in [-62_167_219_201, .min] { #expect(Timestamp(secondsSinceEpoch: seconds) == first) }
    }

    @Test func everySecondAroundAMidnightKeepsItsOrder() {
        for midnight in [-719_528, -1, 0, 1, 19_782, 2_932_896] {
            let seconds = (midnight * 86_400)...(midnight * 86_400 + 86_399)
            let timestamps = [seconds.lowerBound, seconds.lowerBound + 1, seconds.upperBound - 1, seconds.upperBound]
                .map { Timestamp(secondsSinceEpoch: $0) }
            #expect(timestamps.allSatisfy { Int($0.day.daysSinceEpoch) == midnight })
            #expect(timestamps.map { $0.nanosecondOfDay / 1_000_000_000 } == [0, 1, 86_398, 86_399])
            #expect(timestamps.reversed().sorted() == timestamps)
        }
    }
}
