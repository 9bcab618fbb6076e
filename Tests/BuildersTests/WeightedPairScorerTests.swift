import Foundation
import TestSupport
import Testing

@testable import Builders

/// Scores of weighted sums are what the formula says, whatever the order in which weights were added.
@Suite struct WeightedPairScorerTests {
    private func weight(_ itemCount: Int) -> Double { itemCount == 1 ? 1 : 1 / sqrt(Double(itemCount - 1)) }

    @Test func weightsAreCloseForSessionsOfUpToEighteenThousandItems() {
        #expect(SessionWeight.fixedPoint(itemCount: 1) == 1 << 36)
        #expect(SessionWeight.fixedPoint(itemCount: 2) == 1 << 36)
        #expect(SessionWeight.fixedPoint(itemCount: 5) == 1 << 35)
        for itemCount in 1...18_000 {
            let value = SessionWeight.value(ofSum: SessionWeight.fixedPoint(itemCount: itemCount))
            #expect(abs(value / weight(itemCount) - 1) < 1e-9, "\(itemCount)")
        }
        let largest = SessionWeight.value(ofSum: SessionWeight.fixedPoint(itemCount: 1 << 32))
        #expect(abs(largest / weight(1 << 32) - 1) < 5e-7)
    }

    @Test func sumsOfTheMostSessionsFit() {
        let most = UInt64(BuildLimits.greatestSessionCount)
        let (sum, overflow) = SessionWeight.fixedPoint(itemCount: 2).multipliedReportingOverflow(by: most)
        #expect(!overflow)
        #expect(SessionWeight.value(ofSum: sum) == Double(most))
    }

    /// Random sessions of two items and others: sums and scores are those of the formula with doubles.
    @Test(arguments: 1...20)
    func scoresAreWhatTheFormulaSays(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var totals: [(sum: UInt64, value: Double)] = [(0, 0), (0, 0), (0, 0)]
        for _ in 0..<Int.random(in: 1...3000, using: &generator) {
            let itemCount = Int.random(in: 2...(seed.isMultiple(of: 2) ? 5 : 10_000), using: &generator)
            let parts = [[0], [1], [0, 1, 2], []][Int.random(in: 0..<4, using: &generator)]
            for part in parts {
                totals[part].sum += SessionWeight.fixedPoint(itemCount: itemCount)
                totals[part].value += weight(itemCount)
            }
        }
        let scorer = WeightedPairScorer(weightSums: [totals[0].sum, totals[1].sum])
        for (row, other) in [(0, 1), (1, 0)] {
            var scores = [0, -7.0]
            let (others, sums) = ([UInt32(other)], [totals[2].sum])
            scorer.fill(&scores, row: row, others: others.span, weightSums: sums.span)
            let expected = totals[2].value / (pow(totals[row].value + 20, 0.75) * pow(totals[other].value + 20, 0.25))
            #expect(abs(scores[0] - expected) <= 2e-9 * expected)
            #expect(scores[1] == -7)
        }
    }

    @Test func theRowsOfUnweightedSessions() {
        let scorer = WeightedPairScorer(weightSums: [40, 25, 0].map { $0 << 36 })
        var scores = [0.0, 0, 0]
        let (others, sums): ([UInt32], [UInt64]) = ([1, 0, 2], [10 << 36, 40 << 36, 0])
        scorer.fill(&scores, row: 0, others: others.span, weightSums: sums.span)
        #expect(scores.map { ($0 * 1e9).rounded() } == [179_094_989, 666_666_667, 0])
    }
}
