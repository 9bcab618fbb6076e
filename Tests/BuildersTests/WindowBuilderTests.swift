import Columns
import Scan
import TestSupport
import Testing

@testable import Builders

/// What the builders make of a window is what the definitions of the kinds say, read literally.
@Suite struct WindowBuilderTests {
    /// Random days: few users, sessions that go on over midnight, equal times.
    private func world(seed: UInt64, count: Int) throws -> BuilderWorld {
        var generator = SplitMix64(seed: seed)
        let style = IdentifierStyle.allCases[Int(seed % 4)]
        func pick(_ range: Int) -> String { style.text(.random(in: 0..<range, using: &generator)) }
        let (users, sessions, items) = (1 + Int(seed % 9), 1 + Int(seed % 30), 2 + Int(seed % 40))
        return try BuilderWorld(
            (0..<3).map { _ in
                (0..<Int.random(in: 0...count, using: &generator)).map { _ in
                    Exposure(
                        user: Bool.random(using: &generator) ? pick(users) : nil, session: pick(sessions),
                        item: pick(items), at: UInt64.random(in: 0..<5, using: &generator) * 20_000_000_000_000)
                }
            })
    }

    @Test(arguments: 1...16)
    func randomWorldsAreBuiltAsTheDefinitionsSay(seed: UInt64) throws {
        let world = try world(seed: seed, count: 120)
        try world.check(comment: "seed \(seed)")
        var parameters = BuildParameters()
        parameters.maximumItemsPerArtifact = Int(seed % 7) + 1
        parameters.maximumNeighborsPerItem = Int(seed % 3) + 1
        parameters.minimumCoocSupport = Int(seed % 4)
        parameters.maximumItemsPerUser = Int(seed % 5) + 1
        try world.check(parameters, threadCounts: [2], comment: "seed \(seed), cut")
    }

    /// Every way to cut one world.
    @Test func everyCutIsThatOfTheWholeRanking() throws {
        let world = try world(seed: 7, count: 60)
        for limit in 1...12 {
            var parameters = BuildParameters()
            parameters.maximumItemsPerArtifact = limit
            parameters.maximumNeighborsPerItem = limit
            parameters.maximumItemsPerUser = limit
            parameters.minimumCoocSupport = limit / 3
            try world.check(parameters, threadCounts: [2], comment: "limit \(limit)")
        }
    }

    /// All lists of up to three events of three sessions, three items and two days, each a world of its own ids.
    @Test func smallWorldsOfSessionsAreExhausted() throws {
        let choices = (0..<18).map { (session: $0 % 3, item: $0 / 3 % 3, day: $0 / 9) }
        var days: [[Exposure]] = [[], []]
        for (number, world) in SmallWorlds.lists(of: choices, lengths: 1...3).enumerated() {
            for event in world {
                days[event.day].append(Exposure(session: "\(number).\(event.session)", item: "\(number).\(event.item)"))
            }
        }
        try BuilderWorld(days).check(kinds: [.cooc], threadCounts: [2])
    }

    /// All lists of up to four events of one user, two items, two times and two days, each with a user of its own.
    @Test func smallHistoriesAreExhausted() throws {
        let choices = (0..<8).map { (item: $0 % 2, time: $0 / 2 % 2, day: $0 / 4) }
        var days: [[Exposure]] = [[], []]
        for (number, history) in SmallWorlds.lists(of: choices, lengths: 1...4).enumerated() {
            for event in history {
                days[event.day].append(Exposure(user: "\(number)", item: "\(event.item)", at: UInt64(event.time)))
            }
        }
        try BuilderWorld(days).check(kinds: [.sessionSeq, .implicit], threadCounts: [2])
    }

    @Test(arguments: [0, 1])
    func windowsMayBeAsGoodAsEmpty(count: Int) throws {
        try BuilderWorld([[], Array(repeating: Exposure(), count: count), []]).check()
        try BuilderWorld([[], Array(repeating: Exposure(user: "u"), count: count), []]).check()
    }

    @Test func aKindDoesNotDependOnTheOthers() throws {
        let world = try world(seed: 12, count: 100)
        let all = try world.build()
        for kind in WindowBuilder.kinds {
            let alone = try world.build([kind])
            #expect(alone.map(\.kind) == [kind])
            #expect(alone.first?.rows == all.first { $0.kind == kind }?.rows)
        }
        #expect(try world.build([]).isEmpty)
    }
}
