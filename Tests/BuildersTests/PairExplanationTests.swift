import Events
import Scan
import TestSupport
import Testing

@testable import Builders

/// What is counted of a pair is what a brute force over the events counts, and its score and rank are the artifact's.
@Suite struct PairExplanationTests {
    private typealias Limit = (maximumItemCount: Int, policy: OversizedSessionPolicy)

    private func explain(
        _ neighbor: String, _ item: String, in world: BuilderWorld, _ parameters: BuildParameters = BuildParameters(),
        _ limit: Limit = (.max, .fail), threadCount: Int = 2,
    ) throws -> PairExplanation {
        try PairExplanation(
            of: neighbor, asNeighborOf: item, in: world.scan(threadCount: threadCount), parameters, sessions: limit,
            BuildLimits(), memory: BuildMemory(megabyteCount: 128))
    }

    /// Sessions that span days, repeated items, and a few large sessions.
    private func randomDays(_ generator: inout SplitMix64, eventCount: Int = 40) -> [[Exposure]] {
        (0..<3).map { _ in
            (0..<eventCount).map { _ in
                let session = Int.random(in: 0...Int.random(in: 0..<14, using: &generator), using: &generator)
                return Exposure(
                    user: [nil, "u", "v"][Int.random(in: 0..<3, using: &generator)], session: "s\(session)",
                    item: "i\(Int.random(in: 0..<6, using: &generator))",
                    at: UInt64.random(in: 0..<4, using: &generator))
            }
        }
    }

    /// Every pair of a world against sets of its events, and against what the builder made of it.
    private func checkAllPairs(
        _ world: BuilderWorld, _ parameters: BuildParameters, _ limit: Limit, comment: Comment,
    ) throws {
        var limits = BuildLimits()
        if limit.policy != .fail { limits.maximumItemsPerSession = limit.maximumItemCount }
        limits.oversizedSessions = limit.policy
        let brute = BruteForce(world, limit.maximumItemCount, limit.policy)
        let artifact = try world.build([.cooc], parameters, limits)[0].rows.plain
        for item in brute.items {
            let row = artifact.first { $0.key == Array(item.utf8) }?.entries ?? []
            for neighbor in brute.items where neighbor != item {
                let pair: Comment = "\(comment.rawValue): \(neighbor) of \(item)"
                let result = try explain(neighbor, item, in: world, parameters, limit)
                let place = row.firstIndex { $0.id == Array(neighbor.utf8) }
                brute.check(result, neighbor, item, isWeighted: parameters.coocScore == .asymShrunk, pair)
                switch result.standing {
                case .ranked(let rank, let count):
                    #expect(place.map { $0 + 1 } == (rank <= parameters.maximumNeighborsPerItem ? rank : nil), pair)
                    #expect(rank <= count && min(count, parameters.maximumNeighborsPerItem) == row.count, pair)
                    if let place { #expect(result.score == row[place].score, pair) }
                case .apart: #expect(place == nil && result.both.count == 0 && result.score == nil, pair)
                case .belowSupport:
                    #expect(place == nil && (1..<parameters.minimumCoocSupport).contains(result.both.count), pair)
                case .notAssociated: #expect(place == nil && parameters.coocScore == .llr && result.score == nil, pair)
                case .itemIsUnknown, .neighborIsUnknown: Issue.record(pair)
                }
            }
        }
    }

    @Test(arguments: CoocScore.allCases)
    func everyPairOfRandomWorlds(score: CoocScore) throws {
        let limits: [Limit] = [(.max, .fail), (3, .drop), (3, .truncate), (1, .truncate)]
        // Every score meets two of the limits, every limit several scores.
        let place = CoocScore.allCases.firstIndex(of: score) ?? 0
        for seed in [place % 4, (place + 1) % 4] {
            let limit = limits[seed]
            var generator = SplitMix64(seed: UInt64(seed + 1))
            let world = try BuilderWorld(randomDays(&generator))
            var parameters = BuildParameters()
            parameters.coocScore = score
            parameters.minimumCoocSupport = 1 + seed % 2
            parameters.maximumNeighborsPerItem = [50, 3, 4, 1][seed]
            try checkAllPairs(
                world, parameters, limit, comment: "\(score.rawValue), \(limit.policy.rawValue), seed \(seed)")
        }
    }

    /// All sets of up to three events of two sessions, two items and two days, next to a third item.
    @Test func smallWorldsAreExhausted() throws {
        let choices = (0..<8).map { (session: $0 % 2, item: $0 / 2 % 2, day: $0 / 4) }
        let sets = SmallWorlds.lists(of: Array(choices.indices), lengths: 0...3).filter { Set($0).sorted() == $0 }
        #expect(sets.count == 93)
        for (number, set) in sets.enumerated() {
            let events = set.map { choices[$0] }
            var days: [[Exposure]] = [[Exposure(session: "0", item: "i2")], []]
            for event in events {
                days[event.day].append(Exposure(user: "u", session: "\(event.session)", item: "i\(event.item)"))
            }
            let limit: Limit = [(.max, .fail), (2, .drop), (2, .truncate)][number % 3]
            try checkAllPairs(BuilderWorld(days), BuildParameters(), limit, comment: "\(days), \(limit)")
        }
    }

    @Test func threadsChangeNothing() throws {
        var generator = SplitMix64(seed: 5)
        let world = try BuilderWorld(randomDays(&generator, eventCount: 200))
        let one = try explain("i1", "i2", in: world, threadCount: 1)
        #expect(one.both.count > 5 && one.days.count == 3)
        for threadCount in [2, 7] { #expect(try explain("i1", "i2", in: world, threadCount: threadCount) == one) }
    }

    /// Session s has a on the first day and b on the third: it counts on both, and not on the second.
    @Test func aSessionCountsOnEachOfItsDays() throws {
        let world = try BuilderWorld([
            [Exposure(session: "s", item: "a"), Exposure(session: "s", item: "a"), Exposure(session: "t", item: "a")],
            [Exposure(session: "s", item: "c"), Exposure(session: "t", item: "c")],
            [Exposure(session: "s", item: "b"), Exposure(session: "u", item: "b")],
        ])
        let result = try explain("b", "a", in: world)
        #expect(result.sessionCount == 3 && result.both.count == 1)
        #expect(result.item.count == 2 && result.neighbor.count == 2)
        #expect(result.days.map(\.day.description) == ["2024-01-30", "2024-02-01"])
        #expect(result.days.map(\.sessionCount) == [1, 1])
        // c is in both sessions with a.
        #expect(result.standing == .ranked(rank: 2, neighborCount: 2) && result.score == 1)
    }

    @Test func itemsThatNobodySaw() throws {
        let world = try BuilderWorld([[Exposure(session: "s", item: "a")]])
        #expect(try explain("b", "a", in: world).standing == .neighborIsUnknown)
        #expect(try explain("b", "a", in: world).item.count == 1)
        #expect(try explain("a", "b", in: world).standing == .itemIsUnknown)
        let empty = try explain("a", "b", in: BuilderWorld([[], [], []]))
        #expect(empty.standing == .itemIsUnknown && empty.sessionCount == 0 && empty.days.isEmpty)
    }

    @Test func limitsAreKept() throws {
        let world = try BuilderWorld([[Exposure(session: "s", item: "a"), Exposure(session: "s", item: "b")]])
        var limits = BuildLimits()
        limits.maximumEventCount = 1
        let error = #expect(throws: LimitExceeded.self) {
            try PairExplanation(
                of: "a", asNeighborOf: "b", in: world.scan(threadCount: 1), BuildParameters(),
                sessions: (.max, .fail), limits, memory: BuildMemory(megabyteCount: 128))
        }
        #expect(error?.limit == "max_events_per_run")
    }
}

/// Counts of pairs by sets, of the events in the order of the rows.
private struct BruteForce {
    /// By session: its distinct items as they come, and those that are kept.
    private var sessions: [String: (all: [String], kept: [String])] = [:]
    /// By session: the days on which it has an item.
    private var days: [String: [String: Set<Int>]] = [:]
    let items: [String]

    init(_ world: BuilderWorld, _ limit: Int, _ policy: OversizedSessionPolicy) {
        items = Set(world.days.joined().map(\.item)).sorted()
        for (day, events) in world.days.enumerated() {
            for event in BuilderOracle(days: [events]).eventsInRowOrder {
                days[event.session, default: [:]][event.item, default: []].insert(day)
                var items = sessions[event.session]?.all ?? []
                if !items.contains(event.item) { items.append(event.item) }
                sessions[event.session] = (items, items)
            }
        }
        for (session, items) in sessions where items.all.count > limit {
            sessions[session] = (items.all, policy == .drop ? [] : Array(items.all.prefix(limit)))
        }
    }

    func check(_ result: PairExplanation, _ neighbor: String, _ item: String, isWeighted: Bool, _ comment: Comment) {
        let kept = sessions.filter { !$0.value.kept.isEmpty }
        #expect(result.sessionCount == kept.count, comment)
        let both = kept.filter { $0.value.kept.contains(item) && $0.value.kept.contains(neighbor) }
        let counts =
            [(result.both, both)]
            + [(result.item, item), (result.neighbor, neighbor)].map { sum, id in
                (sum, kept.filter { $0.value.kept.contains(id) })
            }
        for (sum, expected) in counts {
            #expect(sum.count == expected.count, comment)
            let weight = expected.values.map { 1 / Double(max(1, $0.kept.count - 1)).squareRoot() }.reduce(0, +)
            #expect(sum.weight.map { abs($0 - weight) < 1e-8 } ?? !isWeighted, comment)
        }
        let all = sessions.values.count { $0.all.contains(item) && $0.all.contains(neighbor) }
        #expect(result.oversizedCount == all - both.count, comment)
        let byDay = (0..<3).map { day in
            both.keys.count { session in
                [item, neighbor].contains { days[session]?[$0]?.contains(day) == true }
            }
        }
        let dayNames = ["2024-01-30", "2024-01-31", "2024-02-01"]
        let expected = zip(dayNames, byDay).filter { $1 > 0 }.map { "\($0) \($1)" }
        #expect(result.days.map { "\($0.day) \($0.sessionCount)" } == expected, comment)
    }
}
