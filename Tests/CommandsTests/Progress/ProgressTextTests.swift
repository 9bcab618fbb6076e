import Platform
import Testing

@testable import Commands

/// What is said of progress: nothing that is not known, and no more than fits.
@Suite struct ProgressTextTests {
    private func text(
        _ progress: WorkProgress, rate: Double? = nil, eventRate: Double? = nil, columnCount: Int = 200,
    ) -> String {
        ProgressText(progress, rate: rate, eventRate: eventRate).fitting(columnCount: columnCount)
    }

    private func reading(_ byteCount: Int, of total: Int?) -> WorkProgress {
        .reading(byteCount: byteCount, total: total, eventCount: 7)
    }

    @Test func aShareOfTheBytes() {
        #expect(text(reading(88_190_000, of: 210_442_303)) == "read 41%, 88.1 of 210.4 MB")
        #expect(
            text(reading(88_190_000, of: 210_442_303), rate: 411_254_000, eventRate: 2_870_000.4)
                == "read 41%, 88.1 of 210.4 MB, 0:01 left, 411.2 MB/s, 2,870,000 events/s")
    }

    @Test func ofAnUnknownTotalThereIsNoShare() {
        #expect(text(reading(999_999, of: nil)) == "read 999.9 kB")
        #expect(
            text(reading(88_190_000_000, of: nil), rate: 1, eventRate: 0) == "read 88.1 GB, 0.0 kB/s, 0 events/s")
    }

    /// All is read only when the last byte is.
    @Test(arguments: [(0, 0), (1, 0), (9_999, 99), (10_000, 100), (10_001, 100)])
    func sharesAreRoundedDown(byteCount: Int, percent: Int) {
        #expect(text(reading(byteCount, of: 10_000)).hasPrefix("read \(percent)%, "))
    }

    @Test func anEmptyInputIsRead() {
        #expect(text(reading(0, of: 0)) == "read 100%, 0.0 of 0.0 kB")
    }

    @Test func partitionsAndDays() {
        #expect(text(.writing(partitionCount: 12, total: 365), rate: 100) == "wrote 12 of 365 partitions, 0:04 left")
        #expect(text(.writing(partitionCount: 0, total: 1)) == "wrote 0 of 1 partition")
        #expect(text(.publishing(dayCount: 1_200, total: 3_650)) == "published 1,200 of 3,650 days")
        #expect(text(.publishing(dayCount: 1, total: 1), rate: 1) == "published 1 of 1 day")
    }

    @Test(
        arguments: [
            (1, 1, "0:01"), (59, 1, "0:59"), (60, 1, "1:00"), (3_599, 1, "59:59"), (3_600, 1, "1:00:00"),
            (45_296, 1, "12:34:56"), (3_599_999, 1, "999:59:59"), (1, 1e9, "0:01"), (11, 10, "0:02"), (10, 10, "0:01"),
        ] as [(Int, Double, String)])
    func timeLeft(amount: Int, rate: Double, words: String) {
        #expect(
            text(.publishing(dayCount: 0, total: amount), rate: rate)
                == "published 0 of \(amount.counted("day")), \(words) left")
    }

    @Test(arguments: [(0, 1), (3_600_000, 1), (1, 0), (0, 0), (-1, 1)] as [(Int, Double)])
    func noEndInSight(amount: Int, rate: Double) {
        #expect(!text(.publishing(dayCount: 10 - amount, total: 10), rate: rate).contains("left"))
    }

    @Test func narrowTerminals() {
        let progress = reading(88_190_000, of: 210_442_303)
        let whole = text(progress, rate: 411_254_000, eventRate: 2_870_000)
        for columnCount in 0...200 {
            let line = text(progress, rate: 411_254_000, eventRate: 2_870_000, columnCount: columnCount)
            #expect(line.count <= columnCount)
            #expect(columnCount < whole.count || line == whole)
            // What is left out is left out whole, but for the first part.
            let parts = line.split(separator: ", ").map(String.init)
            #expect(columnCount < 8 || parts.allSatisfy { whole.contains($0) && parts.first == "read 41%" })
        }
        #expect(text(progress, columnCount: 26) == "read 41%, 88.1 of 210.4 MB")
        #expect(text(progress, columnCount: 25) == "read 41%")
        #expect(text(progress, columnCount: 5) == "read ")
    }
}
