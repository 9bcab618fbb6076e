import Scan
import TestSupport
import Testing

@testable import Builders

/// Sessions of too many items are refused, left out as if they had not been, or cut to the items that come first.
@Suite struct OversizedSessionTests {
    private func limits(_ policy: OversizedSessionPolicy, _ itemCount: Int) -> BuildLimits {
        var limits = BuildLimits()
        limits.oversizedSessions = policy
        limits.maximumItemsPerSession = itemCount
        return limits
    }

    /// The keys of the rows of cooc and their neighbours: `a: bc`.
    private func rows(_ days: [[Exposure]], _ limits: BuildLimits, _ score: CoocScore = .count) throws -> [String] {
        var parameters = BuildParameters()
        parameters.coocScore = score
        return try BuilderWorld(days).build([.cooc], parameters, limits).flatMap { $0.rows.plain }.map { row in
            let members = row.entries.map { String(decoding: $0.id, as: UTF8.self) }.joined()
            return "\(String(decoding: row.key, as: UTF8.self)): \(members)"
        }
    }

    private func session(_ session: String, _ items: String, user: String? = nil, at time: UInt64 = 0) -> [Exposure] {
        items.map { Exposure(user: user, session: session, item: String($0), at: time) }
    }

    @Test func theDefaultIsToRefuse() throws {
        var limits = BuildLimits()
        #expect(limits.oversizedSessions == .fail)
        limits.maximumItemsPerSession = 2
        let error = #expect(throws: LimitExceeded.self) { try rows([session("s", "abc")], limits) }
        #expect(error?.limit == "max_items_per_session")
        #expect(error?.remedy?.hasSuffix("or set limits.on_oversized_session to \"drop\" or \"truncate\"") == true)
    }

    @Test func droppedSessionsCountForNothing() throws {
        let days = [session("s", "abcd") + session("t", "ab") + session("u", "c")]
        #expect(try rows(days, limits(.drop, 4)) == ["a: bcd", "b: acd", "c: abd", "d: abc"])
        #expect(try rows(days, limits(.drop, 3)) == ["a: b", "b: a"])
        #expect(try rows(days, limits(.drop, 1)) == [])
        // Of two sessions one has a and b: more than by chance. Of one session: not.
        #expect(try rows([session("s", "ab") + session("t", "cde")], limits(.drop, 3), .llr).count == 5)
        #expect(try rows([session("s", "ab") + session("t", "cde")], limits(.drop, 2), .llr) == [])
    }

    /// Repeated items are one.
    @Test func sizeIsOfDistinctItems() throws {
        #expect(try rows([session("s", "abab"), session("s", "ba")], limits(.drop, 2)) == ["a: b", "b: a"])
        #expect(try rows([session("s", "aab"), session("s", "bac")], limits(.truncate, 2)) == ["a: b", "b: a"])
    }

    /// By day, then without a user before others, by user, by time, as they arrived.
    @Test func truncatedSessionsKeepWhatComesFirst() throws {
        let byDay = [session("s", "d", at: 9), session("s", "cb", at: 0), session("s", "a")]
        #expect(try rows(byDay, limits(.truncate, 2)) == ["c: d", "d: c"])
        let byUser = [session("s", "a", user: "v") + session("s", "b", user: "u", at: 9) + session("s", "c", at: 9)]
        #expect(try rows(byUser, limits(.truncate, 2)) == ["b: c", "c: b"])
        let byTime = [
            session("s", "a", user: "u", at: 7) + session("s", "b", user: "u", at: 5)
                + session("s", "c", user: "u", at: 5)
        ]
        #expect(try rows(byTime, limits(.truncate, 2)) == ["b: c", "c: b"])
        let byArrival = [session("s", "zyxa", user: "u")]
        #expect(try rows(byArrival, limits(.truncate, 3)) == ["x: yz", "y: xz", "z: xy"])
        #expect(try rows(byArrival, limits(.truncate, 1)) == [])
    }

    @Test(arguments: [OversizedSessionPolicy.drop, .truncate], 1...8)
    func randomWorldsAreBuiltAsTheDefinitionsSay(policy: OversizedSessionPolicy, seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let days = (0..<3).map { _ in
            (0..<60).map { _ in
                // Few sessions are large.
                let session = Int.random(in: 0...Int.random(in: 0..<12, using: &generator), using: &generator)
                return Exposure(
                    user: [nil, "u", "v"][Int.random(in: 0..<3, using: &generator)], session: "s\(session)",
                    item: "i\(Int.random(in: 0..<14, using: &generator))",
                    at: UInt64.random(in: 0..<4, using: &generator))
            }
        }
        let world = try BuilderWorld(days)
        for itemCount in [1, 2, 3, 5, 8, 14] {
            for score in [CoocScore.count, .lift, .llr, .asymShrunk] {
                var parameters = BuildParameters()
                parameters.coocScore = score
                parameters.minimumCoocSupport = Int(seed % 2) + 1
                parameters.maximumItemsPerArtifact = seed % 3 == 0 ? 4 : nil
                try world.check(
                    parameters, limits(policy, itemCount), kinds: [.cooc], threadCounts: [1, 3],
                    comment: "\(policy.rawValue) \(itemCount), \(score.rawValue), seed \(seed)")
            }
        }
    }

    /// All lists of up to four events of one session, three items and two days, cut to two items.
    @Test func smallSessionsAreExhausted() throws {
        let choices = (0..<6).map { (item: $0 % 3, day: $0 / 3) }
        var days: [[Exposure]] = [[], []]
        for (number, events) in SmallWorlds.lists(of: choices, lengths: 1...4).enumerated() {
            for event in events {
                days[event.day].append(
                    Exposure(user: "u", session: "\(number)", item: "\(number).\(event.item)"))
            }
        }
        let world = try BuilderWorld(days)
        for policy in [OversizedSessionPolicy.drop, .truncate] {
            try world.check(BuildParameters(), limits(policy, 2), kinds: [.cooc], threadCounts: [2])
        }
    }

    /// Other kinds have no sessions to cut.
    @Test func otherKindsKeepEverything() throws {
        let world = try BuilderWorld([session("s", "abcd", user: "u")])
        let kinds: Set<ArtifactKind> = [.popularity, .implicit, .sessionSeq]
        for policy in OversizedSessionPolicy.allCases {
            try world.check(BuildParameters(), limits(policy, 1), kinds: kinds)
        }
    }
}
