import Foundation
import TestSupport
import Testing

@testable import Builders

/// What the C library says: next to 1 by the difference from 1, which the ratio itself would have rounded away.
func libraryLogarithm(ofRatio x: Int, to y: Int) -> Double {
    let difference = Double(x - y) / Double(y)
    return abs(difference) < 0.5 ? log1p(difference) : log(Double(x) / Double(y))
}

/// The sessions of two items: with both, with either, and all.
struct PairTable: CustomTestStringConvertible {
    let c: Int
    let a: Int
    let b: Int
    let n: Int

    init(_ c: Int, _ a: Int, _ b: Int, _ n: Int) {
        (self.c, self.a, self.b, self.n) = (c, a, b, n)
    }

    var testDescription: String { "c \(c), a \(a), b \(b), N \(n)" }

    /// Every table of at most so many sessions.
    static func all(upTo greatest: Int) -> [PairTable] {
        var tables: [PairTable] = []
        for n in 1...greatest {
            for a in 1...n {
                for b in 1...n {
                    for c in max(1, a + b - n)...max(1, min(a, b)) { tables.append(PairTable(c, a, b, n)) }
                }
            }
        }
        return tables
    }

    /// A table of at most so many sessions; all sizes are met.
    static func random(upTo greatest: Int, using generator: inout SplitMix64) -> PairTable {
        func number(_ range: ClosedRange<Int>) -> Int {
            let span = range.upperBound - range.lowerBound
            let bits = Int.random(in: 0...(Int.bitWidth - span.leadingZeroBitCount), using: &generator)
            let size = min(span, (1 << bits) - 1)
            return Bool.random(using: &generator)
                ? range.lowerBound + Int.random(in: 0...size, using: &generator)
                : range.upperBound - Int.random(in: 0...size, using: &generator)
        }
        let n = number(1...greatest)
        let (a, b) = (number(1...n), number(1...n))
        return PairTable(number(max(1, a + b - n)...min(a, b)), a, b, n)
    }

    /// The score as a scorer has it.
    func scored(_ score: CoocScore) -> Double {
        let scorer = PairScorer(score, sessionCounts: [UInt32(a), UInt32(b)], sessionCount: n)
        var scores = [Double.nan]
        let (others, counts): ([UInt32], [UInt32]) = ([1], [UInt32(c)])
        scorer.fill(&scores, row: 0, others: others.span, counts: counts.span)
        return scores[0]
    }

    /// The score by its formula, read literally.
    func expected(_ score: CoocScore) -> Double {
        let (c, a, b, n) = (Double(c), Double(a), Double(b), Double(n))
        switch score {
        case .count: return c
        case .cosine: return c / sqrt(a * b)
        case .cosineShrunk: return c / sqrt((a + 20) * (b + 20))
        case .jaccard: return c / (a + b - c)
        case .lift: return c * n / (a * b)
        case .npmi: return c == n ? 1 : association / libraryLogarithm(ofRatio: self.n, to: self.c)
        case .pmiShrunk: return c / (c + 10) * association
        case .llr: return self.c * self.n <= self.a * self.b ? 0 : logLikelihoodRatio
        case .asymShrunk: return c / (pow(a + 20, 0.75) * pow(b + 20, 0.25))
        }
    }

    /// ln(c N / (a b)).
    private var association: Double { libraryLogarithm(ofRatio: c * n, to: a * b) }

    private var logLikelihoodRatio: Double {
        let cells = [(c, a, b), (a - c, a, n - b), (b - c, n - a, b), (n - a - b + c, n - a, n - b)]
        return 2
            * cells.reduce(0) { sum, cell in
                let (observed, row, column) = cell
                if observed == 0 { return sum }
                return sum + Double(observed) * log(Double(observed) * Double(n) / (Double(row) * Double(column)))
            }
    }
}
