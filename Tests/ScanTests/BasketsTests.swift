import Columns
import Platform
import TestSupport
import Testing

@testable import Scan

/// Every session has its distinct items, in whatever days they are.
@Suite struct BasketsTests {
    /// The baskets of a world by definition: sessions with their distinct items in the order of the events.
    private func oracle(_ world: ScanWorld, limit: Int, _ policy: OversizedSessionPolicy) -> [[UInt8]: [[UInt8]]] {
        var baskets: [[UInt8]: [[UInt8]]] = [:]
        for event in world.days.joined() {
            let item = bytes(event.item)
            if baskets[bytes(event.session)]?.contains(item) != true {
                baskets[bytes(event.session), default: []].append(item)
            }
        }
        if policy == .drop { baskets = baskets.filter { $0.value.count <= limit } }
        return baskets.mapValues { Array($0.prefix(limit)) }
    }

    /// Compares baskets, their counts and their transpose with the oracle's.
    private func check(
        _ world: ScanWorld, limit: Int = .max, _ policy: OversizedSessionPolicy = .fail, threadCount: Int = 2,
        comment: Comment? = nil,
    ) throws {
        let scan = try world.scan(threadCount: threadCount)
        let items = try scan.dictionary(.item, order: .bytes)
        let sessions = try scan.dictionary(.session, order: .appearance)
        let baskets = try scan.baskets(items: items, sessions: sessions, maximumItemCount: limit, policy: policy)
        let expected = oracle(world, limit: limit, policy).values.map { $0 }
        var (starts, lists) = ([UInt32](), [[[UInt8]]]())
        var index = 0
        while index < baskets.words.count {
            let end = index + 1 + Int(baskets.words[index])
            starts.append(UInt32(index))
            lists.append(baskets.words[(index + 1)..<end].map { bytes(items.identifiers.string(at: Int($0))) })
            index = end
        }
        #expect(baskets.count == expected.count && baskets.pieceEnds.last ?? 0 == baskets.words.count, comment)
        #expect(sorted(lists) == sorted(expected), comment)
        let counts = try baskets.sessionCounts(itemCount: items.count, threadCount: threadCount)
        for cut in Set([0, items.count / 2, items.count]) {
            for range in [0..<cut, cut..<items.count] {
                let index = BasketIndex(baskets, items: range, counts: counts)
                for item in range {
                    let id = bytes(items.identifiers.string(at: item))
                    let expected = starts.indices.filter { lists[$0].contains(id) }.map { starts[$0] }
                    #expect(Array(index.sessions[index.range(ofItem: item)]) == expected, comment)
                    #expect(Int(counts[item]) == expected.count, comment)
                }
            }
        }
    }

    private func sorted(_ baskets: [[[UInt8]]]) -> [[[UInt8]]] {
        baskets.sorted { $0.map(\.description).joined() < $1.map(\.description).joined() }
    }

    @Test(arguments: IdentifierStyle.allCases, [1, 2, 7])
    func randomSessionsHaveTheirItems(style: IdentifierStyle, threadCount: Int) throws {
        try check(ScanWorld(style, seed: 3), threadCount: threadCount)
        try check(ScanWorld(style, seed: 4), limit: 5, .drop, threadCount: threadCount)
        try check(ScanWorld(style, seed: 5), limit: 5, .truncate, threadCount: threadCount)
    }

    /// All lists of up to three events of two sessions, two items and three days, with every policy.
    @Test func smallWorldsAreExhausted() throws {
        let choices = (0..<12).map { (session: $0 % 2, item: $0 / 2 % 2, day: $0 / 4) }
        var days: [[Exposure]] = [[], [], []]
        for (number, world) in SmallWorlds.lists(of: choices, lengths: 1...3).enumerated() {
            for (index, event) in world.enumerated() {
                days[event.day].append(
                    Exposure(
                        user: "u", session: "\(number).\(event.session)", item: "\(event.item)", at: UInt64(index)))
            }
        }
        let world = try ScanWorld(days)
        try check(world)
        try check(world, limit: 1, .drop)
        try check(world, limit: 1, .truncate)
    }

    /// Each basket is that of the session that it names, also where sessions are dropped or span days.
    @Test(arguments: OversizedSessionPolicy.allCases, [1, 3])
    func basketsNameTheirSessions(policy: OversizedSessionPolicy, threadCount: Int) throws {
        var generator = SplitMix64(seed: 6)
        let days = (0..<3).map { day in
            Exposure.random(count: 150, identifiers: .mixed, using: &generator).map { exposure in
                // Every other session is of one day alone.
                var exposure = exposure
                if exposure.session.utf8.count % 2 == 0 { exposure.session += "-\(day)" }
                return exposure
            }
        }
        let world = try ScanWorld(days)
        let scan = try world.scan(threadCount: threadCount)
        let items = try scan.dictionary(.item, order: .bytes)
        let sessions = try scan.dictionary(.session, order: .appearance)
        let limit = policy == .fail ? Int.max : 6
        let baskets = try scan.baskets(
            items: items, sessions: sessions, maximumItemCount: limit, policy: policy, namesSessions: true)
        var names: [UInt32: [UInt8]] = [:]
        for (index, partition) in scan.partitions.enumerated() {
            let dictionary = try partition.dictionary(.session, using: Zstandard())
            let codes = sessions.codes(ofPartition: index)
            for place in dictionary.indices { names[codes[place]] = bytes(dictionary.string(at: place)) }
        }
        #expect(baskets.sessions.count == baskets.count)
        var named: [[UInt8]: [[UInt8]]] = [:]
        var start = 0
        for session in baskets.sessions {
            let end = start + 1 + Int(baskets.words[start])
            let basket = baskets.words[(start + 1)..<end]
            named[names[session] ?? []] = basket.map { bytes(items.identifiers.string(at: Int($0))) }
            start = end
        }
        #expect(named == oracle(world, limit: limit, policy))
        let unnamed = try scan.baskets(items: items, sessions: sessions, maximumItemCount: limit, policy: policy)
        #expect(unnamed.sessions.isEmpty && unnamed.words == baskets.words)
    }

    @Test(arguments: [[0], [0, 1], [1, 2]])
    func anOversizedSessionIsNamed(daysOfSession: [Int]) throws {
        let days = (0..<3).map { day in
            [Exposure(session: "other-\(day)")]
                + (0..<3).map { item in
                    Exposure(session: daysOfSession.contains(day) ? "robot" : "s\(day)\(item)", item: "\(day)\(item)")
                }
        }
        let scan = try ScanWorld(days).scan()
        let items = try scan.dictionary(.item, order: .bytes)
        let sessions = try scan.dictionary(.session, order: .appearance)
        let count = daysOfSession.count * 3
        _ = try scan.baskets(items: items, sessions: sessions, maximumItemCount: count, policy: .fail)
        let error = #expect(throws: OversizedSession.self) {
            try scan.baskets(items: items, sessions: sessions, maximumItemCount: count - 1, policy: .fail)
        }
        #expect(error?.session == "robot" && error?.itemCount == count)
    }
}
