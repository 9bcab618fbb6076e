import Events
import TestSupport
import Testing

@testable import DumpCommands

/// Times are instants, or times of whichever day a file is of.
@Suite struct TimeBoundTests {
    private static let second: UInt64 = 1_000_000_000
    private let day = Window.fixture("2026-01-02").start

    @Test(arguments: [
        ("00:00", 0), ("09:30", 34_200), ("09:30:01", 34_201), ("23:59:59", 86_399), ("24:00", 86_400),
        ("24:00:00", 86_400), ("2026-01-02T00:00:00Z", 0), ("2026-01-02T01:00:00+01:00", 0),
        ("2026-01-01T23:59:59Z", 0), ("2026-01-03T00:00:00Z", 86_400), ("2026-01-02T10:00:00Z", 36_000),
    ])
    func times(text: String, seconds: UInt64) throws {
        let bound = try #require(TimeBound(text))
        #expect(bound.nanosecond(of: day) == seconds * TimeBoundTests.second)
    }

    @Test func fractions() throws {
        #expect(try #require(TimeBound("00:00:00.000000001")).nanosecond(of: day) == 1)
    }

    @Test(arguments: [
        "", "9:30", "09:60", "25:00", "24:01", "09:30Z", "09:30:60", "noon", "2026-01-02", "2026-01-02T09:30",
        "00:00:00+01:00",
    ])
    func noTimes(text: String) {
        #expect(TimeBound(text) == nil)
    }

    @Test func orders() throws {
        let (early, late) = (try #require(TimeBound("08:00")), try #require(TimeBound("09:00")))
        #expect(late.isSurelyAtOrAfter(early) && early.isSurelyAtOrAfter(early) && !early.isSurelyAtOrAfter(late))
        let instant = try #require(TimeBound("2026-01-02T08:30:00Z"))
        #expect(!instant.isSurelyAtOrAfter(early) && !late.isSurelyAtOrAfter(instant))
        #expect(instant.isSurelyAtOrAfter(instant))
    }
}
