import Foundation
import TestSupport
import Testing

@testable import Builders

/// Scores are what their formulas say, finite, and for equal arguments the same bits.
@Suite struct PairScorerTests {
    static let scores = CoocScore.allCases.filter { $0 != .asymShrunk }

    /// What is wrong with the scores of a table, or nil.
    ///
    /// The literal G-squared loses as many digits as N has, the other literal formulas next to none.
    private func violation(_ table: PairTable) -> String? {
        for score in PairScorerTests.scores {
            let (value, expected) = (table.scored(score), table.expected(score))
            let noise = score == .llr ? 1e-14 * Double(table.n) : 0
            // A negative zero would be other bits than zero.
            if value == 0 && value.sign == .minus { return "\(table.testDescription): \(score.rawValue) is -0" }
            if !value.isFinite || abs(value - expected) > 1e-9 * abs(expected) + noise {
                return "\(table.testDescription): \(score.rawValue) \(value), not \(expected)"
            }
            let mirrored = PairTable(table.c, table.b, table.a, table.n)
            if mirrored.scored(score) != value { return "\(table.testDescription): \(score.rawValue) is lopsided" }
        }
        return nil
    }

    @Test func smallTablesAreExhausted() {
        for table in PairTable.all(upTo: 10) { #expect(violation(table) == nil) }
    }

    @Test(arguments: [100, 100_000, 100_000_000, BuildLimits.greatestSessionCount])
    func randomTables(greatest: Int) {
        var generator = SplitMix64(seed: UInt64(greatest))
        for _ in 0..<4000 { #expect(violation(.random(upTo: greatest, using: &generator)) == nil) }
    }

    @Test(
        arguments: [
            (.cosine, 0.316228), (.cosineShrunk, 0.192450), (.jaccard, 0.181818), (.lift, 10), (.npmi, 0.5),
            (.pmiShrunk, 1.151293), (.llr, 34.295999), (.count, 10),
        ] as [(CoocScore, Double)])
    func theRowOfEveryScore(score: CoocScore, expected: Double) {
        #expect(abs(PairTable(10, 40, 25, 1000).scored(score) - expected) < 1e-6)
    }

    /// `scipy.stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")` says the same.
    @Test(arguments: [
        (PairTable(10, 40, 25, 1000), 34.29599953498416), (PairTable(1, 1, 1, 1000), 15.81451022446435),
        (PairTable(110, 2552, 221, 31_777), 270.721876936225), (PairTable(7, 333, 91, 12_345), 5.882107883425924),
        (PairTable(5, 5, 20, 100), 17.209642884422166),
        (PairTable(3, 100, 1000, 100_000_000), 42.14006224439116),
        (PairTable(26_000_001, 50_000_000, 50_000_000, 100_000_000), 160043.0141677535),
    ])
    func logLikelihoodRatiosAreThoseOfScipy(table: PairTable, expected: Double) {
        #expect(abs(table.scored(.llr) - expected) <= 1e-9 * expected)
    }

    /// One session more than independence predicts: 1 / E summed over the cells, to the last digits but a few.
    @Test func nothingCancelsNextToIndependence() {
        let value = PairTable(25_000_001, 50_000_000, 50_000_000, 100_000_000).scored(.llr)
        #expect(abs(value - 1.6e-7) < 1e-14 * 1.6e-7)
    }

    @Test func onlyPositiveAssociationIsANeighborByLogLikelihood() {
        #expect(abs(PairTable(2, 500, 400, 1000).scored(.llr)) == 0)
        for table in PairTable.all(upTo: 9) {
            let scorer = PairScorer(.llr, sessionCounts: [], sessionCount: table.n)
            #expect((table.scored(.llr) >= scorer.leastScore) == (table.c * table.n > table.a * table.b))
        }
        for score in PairScorerTests.scores where score != .llr {
            #expect(PairScorer(score, sessionCounts: [], sessionCount: 1).leastScore == -.infinity)
        }
    }

    @Test(arguments: [1, 7, BuildLimits.greatestSessionCount])
    func itemsThatAreInEverySession(n: Int) {
        let table = PairTable(n, n, n, n)
        #expect(table.scored(.npmi) == 1)
        #expect(table.scored(.pmiShrunk) == 0)
        #expect(table.scored(.llr) == 0)
    }

    /// Neighbours whose scores are equal by the formula tie, whatever their counts are.
    @Test func equalScoresAreEqualBits() {
        for n in [13, 1 << 20] {
            for a in [1, 2, 6, 12] {
                let tables = (1...12).flatMap { b in (1...min(a, b)).map { PairTable($0, a, b, n) } }
                for first in tables {
                    for second in tables where first.c * second.b == second.c * first.b {
                        #expect(first.scored(.lift) == second.scored(.lift))
                    }
                    for second in tables where first.c * first.c * second.b == second.c * second.c * first.b {
                        #expect(first.scored(.cosine) == second.scored(.cosine))
                    }
                }
            }
        }
    }

    /// Many at once are scored as each alone, and what stands behind them is left alone.
    @Test(arguments: scores)
    func batches(score: CoocScore) {
        var generator = SplitMix64(seed: 9)
        let n = 1000
        let sessionCounts = (0..<50).map { _ in UInt32.random(in: 20...900, using: &generator) }
        let scorer = PairScorer(score, sessionCounts: sessionCounts, sessionCount: n)
        for row in [0, 7, 49] {
            let others = (0..<30).map { _ in UInt32.random(in: 0..<50, using: &generator) }
            let counts = others.map { other in
                let (a, b) = (Int(sessionCounts[row]), Int(sessionCounts[Int(other)]))
                return UInt32.random(in: UInt32(max(1, a + b - n))...UInt32(min(a, b)), using: &generator)
            }
            var values = [Double](repeating: -7, count: 32)
            scorer.fill(&values, row: row, others: others.span, counts: counts.span)
            for (index, other) in others.enumerated() {
                let table = PairTable(Int(counts[index]), Int(sessionCounts[row]), Int(sessionCounts[Int(other)]), n)
                #expect(values[index] == table.scored(score))
            }
            #expect(values.suffix(2) == [-7, -7])
        }
        var none: [Double] = []
        scorer.fill(&none, row: 0, others: [UInt32]().span, counts: [UInt32]().span)
    }

    /// Bits that every machine has to arrive at.
    @Test(
        arguments: [
            (.cosine, 0x3FA4_96A9_6E76_83B1), (.cosineShrunk, 0x3FA2_1B19_A4C0_6BF3), (.jaccard, 0x3F91_307F_B16B_6F1E),
            (.lift, 0x4006_D046_F698_ED04), (.npmi, 0x3FC1_F1A9_6BCD_E40B), (.pmiShrunk, 0x3FDB_9D99_F7B1_92AA),
            (.llr, 0x4017_8747_49FB_753C),
        ] as [(CoocScore, UInt64)])
    func bits(score: CoocScore, bits: UInt64) {
        #expect(PairTable(7, 333, 91, 12_345).scored(score).bitPattern == bits)
    }
}
