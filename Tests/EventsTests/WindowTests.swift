import Events
import Testing

/// A `Window` is whole days with both ends inside; its instants are `[start, end + 1 day)`.
@Suite struct WindowTests {
    private static func day(_ text: String) throws -> Day {
        try #require(Day(text))
    }

    @Test func endsAreInclusive() throws {
        let window = try #require(Window(start: WindowTests.day("2024-02-28"), end: WindowTests.day("2024-03-01")))
        #expect(window.dayCount == 3)
        #expect(window.days.map(\.description) == ["2024-02-28", "2024-02-29", "2024-03-01"])
        #expect(try ["2024-02-28", "2024-02-29", "2024-03-01"].allSatisfy { window.contains(try WindowTests.day($0)) })
        #expect(try !["2024-02-27", "2024-03-02"].contains { window.contains(try WindowTests.day($0)) })
        #expect(window.description == "2024-02-28_2024-03-01")
        #expect(window.startInstant == "2024-02-28T00:00:00Z")
        #expect(window.endInstant == "2024-03-02T00:00:00Z")
    }

    @Test func aWindowOfOneDay() throws {
        let day = try WindowTests.day("1969-12-31")
        let window = Window(day)
        #expect(Window(start: day, end: day) == window)
        #expect(window.dayCount == 1)
        #expect(Array(window.days) == [day])
        #expect(window.endInstant == "1970-01-01T00:00:00Z")
    }

    @Test func aWindowThatWouldEndBeforeItStartsIsNone() throws {
        let window = Window(start: try WindowTests.day("2024-01-02"), end: try WindowTests.day("2024-01-01"))
        #expect(window == nil)
    }

    @Test func theWholeRangeIsAWindow() throws {
        let window = try #require(Window(start: Day.range.lowerBound, end: Day.range.upperBound))
        #expect(window.dayCount == 3_652_425)
        #expect(window.startInstant == "0000-01-01T00:00:00Z")
        #expect(window.endInstant == "10000-01-01T00:00:00Z")
    }
}
