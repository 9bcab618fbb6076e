import Foundation
import TestSupport
import Testing

@testable import Builders

/// Neighbours are ranked by the score that is asked for, cut and filtered as by counts.
@Suite struct CoocScoreTests {
    private func parameters(_ score: CoocScore, _ change: (inout BuildParameters) -> Void = { _ in }) -> BuildParameters
    {
        var parameters = BuildParameters()
        parameters.coocScore = score
        change(&parameters)
        return parameters
    }

    /// Baskets as events, one session each.
    private func world(_ baskets: [String]) throws -> BuilderWorld {
        try BuilderWorld([
            baskets.enumerated().flatMap { number, items in
                items.map { Exposure(session: "\(number)", item: String($0)) }
            }
        ])
    }

    /// The rows of cooc as text, scores with four digits: `key: id score, ...`.
    private func rows(
        _ baskets: [String], _ score: CoocScore, change: (inout BuildParameters) -> Void = { _ in },
    ) throws -> [String] {
        try world(baskets).build([.cooc], parameters(score, change)).flatMap { $0.rows.plain }.map { row in
            let entries = row.entries.map { entry in
                "\(String(decoding: entry.id, as: UTF8.self)) \((entry.score * 10_000).rounded() / 10_000)"
            }
            return "\(String(decoding: row.key, as: UTF8.self)): \(entries.joined(separator: ", "))"
        }
    }

    /// `ab`, `ab`, `ac` and `b`: N 4, a 3, b 3, c 1.
    @Test(
        arguments: [
            (.count, ["a: b 2.0, c 1.0", "b: a 2.0", "c: a 1.0"]),
            (.cosine, ["a: b 0.6667, c 0.5774", "b: a 0.6667", "c: a 0.5774"]),
            (.cosineShrunk, ["a: b 0.087, c 0.0455", "b: a 0.087", "c: a 0.0455"]),
            (.jaccard, ["a: b 0.5, c 0.3333", "b: a 0.5", "c: a 0.3333"]),
            (.lift, ["a: c 1.3333, b 0.8889", "b: a 0.8889", "c: a 1.3333"]),
            (.npmi, ["a: c 0.2075, b -0.1699", "b: a -0.1699", "c: a 0.2075"]),
            (.pmiShrunk, ["a: c 0.0262, b -0.0196", "b: a -0.0196", "c: a 0.0262"]),
            (.llr, ["a: c 0.6796", "c: a 0.6796"]),
            (.asymShrunk, ["a: b 0.087, c 0.0445", "b: a 0.087", "c: a 0.0465"]),
        ] as [(CoocScore, [String])])
    func everyScoreByExample(score: CoocScore, expected: [String]) throws {
        #expect(try rows(["ab", "ab", "ac", "b"], score) == expected)
    }

    @Test func equalScoresGoById() throws {
        // The cosine of (2, 4) is that of (1, 1): b is in four sessions, c in one.
        #expect(try rows(["ab", "ab", "b", "b", "ac"], .cosine).first == "a: b 0.5774, c 0.5774")
        #expect(try rows(["zb", "zb", "b", "b", "za"], .cosine).last == "z: a 0.5774, b 0.5774")
    }

    /// Two baskets of five weigh one session together, but they are two.
    @Test func supportCountsSessionsUnweighted() throws {
        let rows = try rows(["abcde", "abcde", "af"], .asymShrunk) { $0.minimumCoocSupport = 2 }
        #expect(rows.first == "a: b 0.046, c 0.046, d 0.046, e 0.046")
        #expect(rows.count == 5)
    }

    /// The cut of rows is by sessions, the cut of neighbours by score.
    @Test func cutsOfRowsDoNotLookAtScores() throws {
        let baskets = ["ab", "cd", "cd", "c", "c"]
        for score in CoocScore.allCases where score != .count {
            let rows = try rows(baskets, score) { $0.maximumItemsPerArtifact = 1 }
            #expect(rows.map { $0.prefix(4) } == ["c: d"], "\(score.rawValue)")
        }
        #expect(try rows(["ab", "ab", "ac", "b"], .lift) { $0.maximumNeighborsPerItem = 1 }.first == "a: c 1.3333")
    }

    /// All worlds of three sessions, each any of the sets of three items, and one of a single item.
    @Test func smallWorldsAreExhausted() throws {
        let sets = ["", "a", "b", "c", "ab", "ac", "bc", "abc"]
        let worlds = SmallWorlds.lists(of: Array(sets.indices), lengths: 3...3).filter { $0 == $0.sorted() }
        for indices in worlds {
            let baskets = (indices.map { sets[$0] } + ["b"]).filter { !$0.isEmpty }
            let world = try world(baskets)
            for score in CoocScore.allCases {
                try world.check(
                    parameters(score), kinds: [.cooc], threadCounts: [1], comment: "\(score.rawValue) \(baskets)")
            }
        }
    }

    @Test(arguments: CoocScore.allCases)
    func randomWorldsAreBuiltAsTheDefinitionsSay(score: CoocScore) throws {
        for seed in 1...4 as ClosedRange<UInt64> {
            var generator = SplitMix64(seed: seed)
            let (sessionCount, itemCount) = (5 * Int(seed * seed), 4 + 3 * Int(seed))
            let days = (0..<3).map { _ in
                (0..<sessionCount * 2).map { _ in
                    Exposure(
                        session: "s\(Int.random(in: 0..<sessionCount, using: &generator))",
                        item: "i\(Int.random(in: 0..<itemCount, using: &generator))")
                }
            }
            let world = try BuilderWorld(days)
            try world.check(parameters(score), kinds: [.cooc], comment: "\(score.rawValue), seed \(seed)")
            let cut = parameters(score) { parameters in
                parameters.minimumCoocSupport = 2
                parameters.maximumNeighborsPerItem = Int(seed) + 1
                parameters.maximumItemsPerArtifact = 5
            }
            try world.check(cut, kinds: [.cooc], threadCounts: [2], comment: "\(score.rawValue), seed \(seed), cut")
        }
    }

    @Test(arguments: CoocScore.allCases)
    func windowsMayBeAsGoodAsEmpty(score: CoocScore) throws {
        try BuilderWorld([[], [], []]).check(parameters(score), kinds: [.cooc])
        try BuilderWorld([[Exposure()], [], []]).check(parameters(score), kinds: [.cooc])
    }
}
