import Events
import Testing

@testable import Generation

/// Shares are kept: exactly where lines are counted, as chance has it where sessions are.
@Suite struct ShareTests {
    @Test func whatIsAShare() {
        #expect([0.0, 0.5, 1.0].allSatisfy { (value: Double) in Share(value) != nil })
        #expect([-0.001, 1.001, .nan, .infinity].allSatisfy { (value: Double) in Share(value) == nil })
        var stream = RandomStream(1, .session)
        #expect((0..<1000).allSatisfy { _ in stream.next(in: 1.0) && !stream.next(in: 0.0) })
        #expect((0.29 as Share).count(of: 100) == 29)
    }

    /// Of so many sessions these are within five standard deviations of what was asked for.
    @Test func anonymousSessionsAndBots() throws {
        let options = try GenerationOptions.trial(lines: 60_000, users: 200_001) { options in
            options.anonymousShare = 0.3
            options.botShare = 0.1
        }
        let sessions = Dictionary(grouping: try options.events(), by: \.session_id).values.map { $0[0] }
        let count = Double(sessions.count)
        #expect(count > 1500)
        let bots = Double(sessions.count { $0.user ?? 0 >= 200_001 })
        let anonymous = Double(sessions.count { $0.user == nil })
        #expect(abs(bots - 0.1 * count) < 5 * (count * 0.1 * 0.9).squareRoot())
        #expect(abs(anonymous - 0.27 * count) < 5 * (count * 0.27 * 0.73).squareRoot())
        #expect(Set(sessions.compactMap(\.user).filter { $0 >= 200_001 }) == [200_001, 200_002, 200_003])
    }

    @Test func lateSlates() throws {
        let options = try GenerationOptions.trial(lines: 40_000, days: 5) { $0.lateShare = 0.2 }
        let (bytes, counts) = try options.generated()
        let events = try bytes.split(separator: 0x0A).map { try TrialEvent($0) }
        var (lateCount, delays) = (0, Set<Int>())
        for (index, event) in events.enumerated() {
            // Days have the same number of lines each.
            let fileDay = index / 8000
            let day = try #require(Day(String(event.day))).daysSinceEpoch - options.window.start.daysSinceEpoch
            if Int(day) != fileDay { lateCount += 1 }
            delays.insert(fileDay - Int(day))
        }
        #expect(lateCount == counts.lateCount)
        #expect(delays == [0, 1, 2, 3])
        // Of the first day nothing is late. Slates have 8 items on average, at most 12.
        let expected = 0.2 * 32_000
        #expect(abs(Double(lateCount) - expected) < 5 * (12 * expected).squareRoot())
        // The sessions of late slates are sessions of their days.
        let days = Dictionary(grouping: events, by: \.session_id).mapValues { Set($0.map(\.day)) }
        #expect(days.values.allSatisfy { $0.count == 1 })
    }

    @Test func copies() throws {
        let options = try GenerationOptions.trial(lines: 20_000) { $0.duplicateShare = 0.1 }
        let (bytes, counts) = try options.generated()
        let lines = bytes.split(separator: 0x0A)
        #expect(counts.duplicateCount == 2000 && counts.eventCount == 18_000)
        #expect(Set(lines).count == 18_000)
        #expect(zip(lines, lines.dropFirst()).count { $0 == $1 } == 2000, "a copy follows its event")
    }

    /// Without the copies and the bad records it is another world, but not another sort of world.
    @Test func eventsBetweenBadRecords() throws {
        let options = try GenerationOptions.trial(lines: 10_000) { $0.badShare = 0.5 }
        let (bytes, counts) = try options.generated()
        #expect(counts.badCount == 5000)
        let events = bytes.split(separator: 0x0A).compactMap { try? TrialEvent($0) }
        #expect(events.count >= 5000)
        let fewer = try GenerationOptions.trial(lines: 5000)
        #expect(Set(try fewer.events()).subtracting(events).isEmpty, "the events are those of half as many lines")
    }
}
