import Testing

@testable import Generation

/// A day's slates and sessions are told from their numbers alone.
@Suite struct DayScheduleTests {
    /// One lane, and several.
    static let lineCounts = [1, 100, 11_520, 11_521, 100_000]

    @Test(arguments: lineCounts)
    func slatesFollowEachOther(lineCount: Int) throws {
        let schedule = DaySchedule(try .trial(lines: lineCount, days: 1), dayIndex: 0)
        var (slate, rank) = (schedule.slate(0), 0)
        for event in 0..<schedule.eventCount {
            if rank == slate.itemCount { (slate, rank) = (schedule.slate(slate.number + 1), 0) }
            let other = schedule.slate(ofEvent: event)
            guard other.slate.number == slate.number, other.rank == rank else {
                Issue.record("event \(event): \(other)")
                return
            }
            rank += 1
        }
        #expect(slate.number < schedule.slateCount)
        #expect(slate.number >= schedule.slateCount - 2)
    }

    @Test(arguments: lineCounts)
    func timesAreInOrderWhateverTheJitter(lineCount: Int) throws {
        let schedule = DaySchedule(try .trial(lines: lineCount, days: 1), dayIndex: 0)
        var latest = 0
        for number in 0..<schedule.slateCount {
            let session = schedule.session(ofSlate: number)
            let times = [0, 1 << 16 - 1].map { schedule.millisecond(ofSlate: number, in: session, jitter: $0) }
            #expect(times[0] >= latest && times[1] >= times[0] && times[1] < DailyCurve.millisecondsPerDay)
            latest = times[1]
        }
    }

    /// In each round each lane has one slate, so no session has two of one round.
    @Test func sessionsAreOfOneLane() throws {
        let schedule = DaySchedule(try .trial(lines: 200_000, days: 1), dayIndex: 0)
        #expect(schedule.laneCount == 32)
        var slates: [Int: [Int]] = [:]
        for number in 0..<schedule.slateCount {
            slates[schedule.session(ofSlate: number).number, default: []].append(number / schedule.laneCount)
        }
        for (session, rounds) in slates {
            #expect(rounds == Array(rounds[0]..<rounds[0] + rounds.count), "\(session)")
            #expect(rounds.count <= 16)
        }
    }

    /// Blocks are the parts of a day, and each has as many lines of each sort as it says.
    @Test(arguments: [0.0, 0.01, 0.5, 0.99], [0.0, 0.01])
    func blocksMakeTheDay(duplicates: Double, bad: Double) throws {
        for lineCount in [1, 2, 4095, 4096, 4097, 20_000] {
            let options = try GenerationOptions.trial(lines: lineCount, days: 1) { options in
                options.duplicateShare = Share(duplicates) ?? 0.0
                options.badShare = Share(bad) ?? 0.0
            }
            let schedule = DaySchedule(options, dayIndex: 0)
            let blocks = (0..<DayBlock.count(of: schedule)).map { DayBlock($0, of: schedule) }
            var (line, event) = (0, 0)
            for block in blocks {
                #expect(block.firstLine == line && block.firstEvent == event)
                #expect(block.badCount >= 0 && block.extraCount >= block.badCount && block.eventCount >= 0)
                line += block.lineCount
                event += block.eventCount
            }
            #expect(line == lineCount && event == schedule.eventCount && blocks[0].eventCount > 0)
        }
    }
}
