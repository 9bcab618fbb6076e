import TestSupport
import Testing

@testable import Builders

/// Popularity counts events, sessions or users, and events fade with a half-life.
@Suite struct PopularityTests {
    private func parameters(_ unit: PopularityUnit, halfLife: Double? = nil, limit: Int? = nil) -> BuildParameters {
        var parameters = BuildParameters()
        parameters.popularityUnit = unit
        parameters.popularityHalfLifeDayCount = halfLife
        parameters.maximumItemsPerArtifact = limit
        return parameters
    }

    /// The row as text: `id score, ...`.
    private func row(_ days: [[Exposure]], _ parameters: BuildParameters) throws -> String? {
        try BuilderWorld(days).build([.popularity], parameters).first?.rows.plain.first?.entries.map { entry in
            "\(String(decoding: entry.id, as: UTF8.self)) \(entry.score)"
        }.joined(separator: ", ")
    }

    private static let days = [
        [
            Exposure(user: "u", session: "1", item: "a"), Exposure(user: "u", session: "1", item: "a"),
            Exposure(user: "u", session: "2", item: "b"),
        ],
        [Exposure(session: "3", item: "b"), Exposure(session: "3", item: "c")],
        [Exposure(user: "v", session: "1", item: "a"), Exposure(user: "u", session: "4", item: "d")],
    ]

    @Test func theUnitsByExample() throws {
        #expect(try row(PopularityTests.days, parameters(.events)) == "a 3.0, b 2.0, c 1.0, d 1.0")
        #expect(try row(PopularityTests.days, parameters(.sessions)) == "b 2.0, a 1.0, c 1.0, d 1.0")
        #expect(try row(PopularityTests.days, parameters(.users)) == "a 2.0, b 1.0, d 1.0")
        #expect(try row([[Exposure(item: "a")]], parameters(.users)) == nil)
    }

    /// The last day is that of the window, whether it has events or not.
    @Test func halfLivesByExample() throws {
        #expect(
            try row(PopularityTests.days, parameters(.events, halfLife: 1)) == "a 1.5, d 1.0, b 0.75, c 0.5")
        #expect(
            try row(PopularityTests.days, parameters(.events, halfLife: 2, limit: 2)) == "a 2.0, b 1.2071067811865475")
        #expect(try row([[Exposure(item: "a")], [], []], parameters(.events, halfLife: 0.5)) == "a 0.0625")
        #expect(
            try row([[Exposure(item: "b")], [], [Exposure(item: "c")]], parameters(.events, halfLife: 0.001))
                == "c 1.0, b 0.0")
    }

    private func randomDays(seed: UInt64) -> [[Exposure]] {
        var generator = SplitMix64(seed: seed)
        return (0..<3).map { _ in
            (0..<Int.random(in: 0...150, using: &generator)).map { _ in
                Exposure(
                    user: Bool.random(using: &generator) ? "u\(Int.random(in: 0..<9, using: &generator))" : nil,
                    session: "s\(Int.random(in: 0..<25, using: &generator))",
                    item: "i\(Int.random(in: 0..<(3 * Int(seed)), using: &generator))",
                    at: UInt64.random(in: 0..<5, using: &generator))
            }
        }
    }

    @Test(arguments: 1...12)
    func randomWorldsAreBuiltAsTheDefinitionsSay(seed: UInt64) throws {
        let world = try BuilderWorld(randomDays(seed: seed))
        for unit in PopularityUnit.allCases {
            for limit in [nil, 1, 5] {
                try world.check(
                    parameters(unit, limit: limit), kinds: [.popularity], comment: "\(unit.rawValue), seed \(seed)")
            }
        }
        for halfLife in [0.3, 1, 2, 7, 365.25] {
            for limit in [nil, 4] {
                try world.check(
                    parameters(.events, halfLife: halfLife, limit: limit), kinds: [.popularity],
                    comment: "half-life \(halfLife), seed \(seed)")
            }
        }
    }

    /// All lists of up to three events of two items, two sessions, a user or none, and three days.
    @Test func smallWorldsAreExhausted() throws {
        let choices = (0..<12).map { (item: $0 % 2, session: $0 / 2 % 2, day: $0 / 4) }
        var days: [[Exposure]] = [[], [], []]
        for (number, world) in SmallWorlds.lists(of: choices, lengths: 1...3).enumerated() {
            for event in world {
                let user = event.session == 0 ? nil : "\(number)"
                days[event.day].append(
                    Exposure(user: user, session: "\(number).\(event.session)", item: "\(number).\(event.item)"))
            }
        }
        let world = try BuilderWorld(days)
        for unit in PopularityUnit.allCases {
            try world.check(parameters(unit, limit: 100_000), kinds: [.popularity], threadCounts: [2])
        }
        try world.check(parameters(.events, halfLife: 1.5, limit: 100_000), kinds: [.popularity], threadCounts: [2])
    }

    /// What a window is read for is checked.
    @Test func unitsHaveTheirLimits() throws {
        let world = try BuilderWorld(PopularityTests.days)
        var limits = BuildLimits()
        (limits.maximumSessionCount, limits.maximumUserCount) = (4, 2)
        for unit in PopularityUnit.allCases { _ = try world.build([.popularity], parameters(unit), limits) }
        (limits.maximumSessionCount, limits.maximumUserCount) = (3, 1)
        _ = try world.build([.popularity], parameters(.events), limits)
        let sessions = #expect(throws: LimitExceeded.self) {
            try world.build([.popularity], parameters(.sessions), limits)
        }
        #expect(sessions?.limit == "max_sessions_per_run")
        let users = #expect(throws: LimitExceeded.self) { try world.build([.popularity], parameters(.users), limits) }
        #expect(users?.limit == "max_users_per_run")
    }
}
