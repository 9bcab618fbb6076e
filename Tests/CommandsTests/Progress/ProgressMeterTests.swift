import Platform
import Synchronization
import Testing

@testable import Commands

/// Progress is shown at the times and in the places where it helps. The clock and the terminal are those of the test.
@Suite struct ProgressMeterTests {
    /// What a meter shows, at a time that the test sets.
    private final class Screen: Sendable {
        private let state = Mutex<(time: Double, lines: [String])>((0, []))

        var time: Double {
            get { state.withLock { $0.time } }
            set { state.withLock { $0.time = newValue } }
        }

        var lines: [String] { state.withLock { $0.lines } }

        func meter(interval: Double, isLasting: Bool, columnCount: Int = 200) -> ProgressMeter {
            let output = ProgressMeter.Output(
                interval: interval, isLasting: isLasting, columnCount: { columnCount },
                show: { line in self.state.withLock { $0.lines.append(line) } })
            return ProgressMeter(output, clock: { self.time })
        }
    }

    private let screen = Screen()

    private func reading(_ byteCount: Int, of total: Int? = 10_000_000, events: Int = 0) -> WorkProgress {
        .reading(byteCount: byteCount, total: total, eventCount: events)
    }

    @Test func aTerminalIsRewrittenFiveTimesASecond() {
        let meter = screen.meter(interval: 0.2, isLasting: true)
        for step in 0...1_000 {
            screen.time = Double(step) / 100
            meter.report(reading(1_000_000 + step))
        }
        #expect((48...51).contains(screen.lines.count))
        #expect(Set(screen.lines.map { $0.prefix(8) }) == ["read 10%"])
    }

    @Test(arguments: [true, false])
    func shortWorkShowsNothing(isLasting: Bool) {
        let meter = screen.meter(interval: isLasting ? 0.2 : 10, isLasting: isLasting)
        screen.time = isLasting ? 0.19 : 9.9
        meter.report(reading(0))
        meter.report(reading(10_000_000))
        meter.report(.writing(partitionCount: 0, total: 3))
        meter.report(.writing(partitionCount: 3, total: 3))
        #expect(screen.lines.isEmpty)
    }

    @Test func elsewhereThereIsALineEveryTenSeconds() {
        let meter = screen.meter(interval: 10, isLasting: false)
        for second in 0...35 {
            screen.time = Double(second)
            meter.report(reading(second * 100_000, events: second * 1_000))
        }
        meter.report(.writing(partitionCount: 0, total: 3))
        #expect(
            screen.lines == [
                "read 10%, 1.0 of 10.0 MB, 1:30 left, 100.0 kB/s, 1,000 events/s",
                "read 20%, 2.0 of 10.0 MB, 1:20 left, 100.0 kB/s, 1,000 events/s",
                "read 30%, 3.0 of 10.0 MB, 1:10 left, 100.0 kB/s, 1,000 events/s",
            ])
    }

    /// What stays in view does not say that something goes on which is over.
    @Test func aTerminalShowsWhatBeginsAndWhatIsDone() {
        let meter = screen.meter(interval: 0.2, isLasting: true)
        screen.time = 0.3
        meter.report(reading(5_000_000))
        for progress: WorkProgress in [
            reading(9_000_000), reading(10_000_000), reading(10_000_000), .writing(partitionCount: 0, total: 3),
            .writing(partitionCount: 1, total: 3), .writing(partitionCount: 3, total: 3),
            .publishing(dayCount: 0, total: 2),
        ] {
            screen.time += 0.01
            meter.report(progress)
        }
        #expect(
            screen.lines == [
                "read 50%, 5.0 of 10.0 MB", "read 100%, 10.0 of 10.0 MB", "wrote 0 of 3 partitions",
                "wrote 3 of 3 partitions", "published 0 of 2 days",
            ])
    }

    /// Threads may report in another order than they got their chunks.
    @Test func progressNeverGoesBack() {
        let meter = screen.meter(interval: 0.2, isLasting: true)
        for (time, byteCount) in [(0.0, 0), (1, 2_000_000), (2, 1_000_000), (3, 3_000_000), (4, 2_000_000)] {
            screen.time = time
            meter.report(reading(byteCount, events: byteCount / 1_000))
        }
        #expect(screen.lines.map { $0.prefix(8) } == ["read 20%", "read 20%", "read 30%", "read 30%"])
        #expect(screen.lines.last?.contains("-") == false)
    }

    @Test func rateAndTimeLeftBeginAnewWithEachPart() {
        let meter = screen.meter(interval: 0.2, isLasting: true)
        meter.report(reading(0))
        screen.time = 10
        meter.report(reading(10_000_000))
        screen.time = 20
        meter.report(.publishing(dayCount: 0, total: 100))
        screen.time = 22
        meter.report(.publishing(dayCount: 10, total: 100))
        #expect(screen.lines.last == "published 10 of 100 days, 0:18 left")
    }

    @Test func theWidthIsThatOfTheTerminal() {
        let meter = screen.meter(interval: 0.2, isLasting: true, columnCount: 12)
        screen.time = 1
        meter.report(reading(1_000_000))
        #expect(screen.lines == ["read 10%"])
    }
}
