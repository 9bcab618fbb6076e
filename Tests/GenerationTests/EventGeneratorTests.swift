import Events
import Generation
import Testing

/// The output is what was asked for.
@Suite struct EventGeneratorTests {
    /// More lines than a block has, on each day.
    @Test func theBytesDoNotDependOnThreads() throws {
        let options = try GenerationOptions.trial(lines: 30_000, days: 3) { options in
            options.lateShare = 0.05
            options.duplicateShare = 0.03
            options.badShare = 0.02
        }
        let expected = try options.generated(threadCount: 1)
        for threadCount in [2, 5] {
            let other = try options.generated(threadCount: threadCount)
            #expect(other.bytes == expected.bytes)
            #expect(other.counts == expected.counts)
        }
        #expect(expected.counts.byteCount == expected.bytes.count)
    }

    @Test func anotherSeedGivesOtherEvents() throws {
        let events = try (1...2).map { seed in
            try GenerationOptions.trial(lines: 500) { $0.seed = seed }.events()
        }
        #expect(Set(events[0].map(\.session_id)).isDisjoint(with: events[1].map(\.session_id)))
        #expect(events[0].map(\.item_id) != events[1].map(\.item_id))
    }

    /// The smallest worlds there are, with all sorts of lines.
    @Test(arguments: [0.0, 0.3, 0.5], [0.0, 0.4, 0.5])
    func theNumberOfLinesIsExact(duplicates: Double, bad: Double) throws {
        for lines in 1...40 {
            for days in [1, 3, 28] {
                let options = try GenerationOptions.trial(lines: lines, days: days, users: 1, items: 1) { options in
                    options.duplicateShare = Share(duplicates) ?? 0.0
                    options.badShare = Share(bad) ?? 0.0
                    options.lateShare = 0.5
                }
                let (bytes, counts) = try options.generated()
                #expect(bytes.count { $0 == 0x0A } == lines && bytes.last == 0x0A)
                #expect(counts.lineCount == lines && counts.eventCount >= min(lines, days))
                if days == 1 {
                    #expect(abs(Double(counts.badCount) - bad * Double(lines)) <= 1)
                    #expect(abs(Double(counts.duplicateCount) - duplicates * Double(lines)) <= 1.5)
                }
            }
        }
    }

    @Test func everyDayHasItsPartInTheOrderOfTime() throws {
        let events = try GenerationOptions.trial(lines: 4003).events()
        #expect(events.map(\.ts) == events.map(\.ts).sorted())
        let counts = Dictionary(grouping: events, by: \.day).mapValues(\.count)
        #expect(counts == ["2024-02-27": 1001, "2024-02-28": 1001, "2024-02-29": 1001, "2024-03-01": 1000])
    }

    @Test func eventsOfASlate() throws {
        let events = try GenerationOptions.trial(lines: 20_000).events()
        let slates = events.chunked { $0.request_id == $1.request_id }
        #expect(Set(slates.map(\.first?.request_id)).count == slates.count)
        for slate in slates {
            #expect(slate.map(\.rank) == Array(slate.indices.map { $0 - slate.startIndex }))
            #expect(Set(slate.map { [$0.ts, $0.session_id, $0.user_id ?? ""] }).count == 1)
        }
        // But for the last two of each day.
        #expect(slates.filter { (4...12).contains($0.count) }.count >= slates.count - 8)
        #expect(Set(slates.map(\.count)).isSuperset(of: 4...12))
        let form = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
        #expect(slates.allSatisfy { $0.first?.request_id?.wholeMatch(of: form) != nil })
    }

    @Test func eventsOfASession() throws {
        // Some hundred sessions at a time.
        let events = try GenerationOptions.trial(lines: 40_000, days: 1).events()
        let sessions = Dictionary(grouping: events, by: \.session_id).values
        #expect(sessions.allSatisfy { Set($0.map(\.user_id)).count == 1 })
        let slateCounts = sessions.map { Set($0.map(\.request_id)).count }
        #expect(slateCounts.allSatisfy { (1...16).contains($0) })
        let mean = Double(slateCounts.reduce(0, +)) / Double(slateCounts.count)
        #expect((3...4.2).contains(mean), "\(mean)")
        #expect(events.chunked { $0.session_id == $1.session_id }.count > 2 * sessions.count, "they do not overlap")
    }

    /// Where sessions do not overlap, the slates of one follow each other all the same.
    @Test func sessionsOfASmallDay() throws {
        let events = try GenerationOptions.trial(lines: 2000, days: 1).events()
        #expect(events.map(\.ts) == events.map(\.ts).sorted())
        let sessions = events.chunked { $0.session_id == $1.session_id }
        #expect(Set(events.map(\.session_id)).count == sessions.count)
        let seconds = sessions.map { session in
            let times = session.map { $0.ts.split(separator: "T")[1].dropLast().split(separator: ":") }
            return times.map { (Double($0[0]) ?? 0) * 3600 + (Double($0[1]) ?? 0) * 60 + (Double($0[2]) ?? 0) }
        }
        #expect(seconds.allSatisfy { ($0.last ?? 0) - ($0.first ?? 0) <= 15 * 20.001 })
    }

    @Test func whatCanBeLeftOut() throws {
        let options = try GenerationOptions.trial(lines: 300) { options in
            options.requestIdentifiers = .none
            options.timePrecision = .seconds
        }
        let events = try options.events()
        #expect(events.allSatisfy { $0.request_id == nil && $0.ts.count == 20 })
        #expect(try GenerationOptions.trial(lines: 300).events().allSatisfy { $0.ts.count == 24 })
    }

    @Test func theFirstAndTheLastDayOfTheCalendar() throws {
        #expect(try GenerationOptions.trial(lines: 9, days: 2, start: "0000-01-01").events()[0].day == "0000-01-01")
        #expect(try GenerationOptions.trial(lines: 9, days: 2, start: "9999-12-30").events()[8].day == "9999-12-31")
    }

    @Test func whatTheSinkThrowsEndsIt() throws {
        struct Full: Error {}
        let options = try GenerationOptions.trial(lines: 50_000, days: 2)
        var pieceCount = 0
        #expect(throws: Full.self) {
            try EventGenerator(options, threadCount: 3).run { _ in
                pieceCount += 1
                if pieceCount == 3 { throw Full() }
            }
        }
        #expect(pieceCount == 3)
    }
}

extension Array {
    /// The runs of elements of which each belongs to the one before.
    fileprivate func chunked(_ belongs: (Element, Element) -> Bool) -> [ArraySlice<Element>] {
        let starts = indices.filter { $0 == 0 || !belongs(self[$0 - 1], self[$0]) } + [count]
        return zip(starts, starts.dropFirst()).map { self[$0..<$1] }
    }
}
