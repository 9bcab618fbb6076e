/// Scores of pairs of items by how many sessions have both: every score but `asymShrunk`.
///
/// Every score is finite, no negative zero, and the same on every machine. Where two pairs have the same score by the
/// formula and its products stay below 2^51, they have it to the last bit, so that ties go by id: the quotient of two
/// exact numbers is taken once, and what follows is the same function for all. For this the cosine is the root of a
/// quotient.
struct PairScorer: Sendable {
    private let score: CoocScore
    /// Per item the number of its sessions.
    private let sessionCounts: [UInt32]
    /// All sessions of the window.
    private let sessionCount: Int

    /// - Parameters:
    ///   - score: Not `asymShrunk`, which sums weights: `WeightedPairScorer`.
    ///   - sessionCounts: Per code of an item the number of its sessions, at most `sessionCount`.
    ///   - sessionCount: At most `BuildLimits.greatestSessionCount`.
    init(_ score: CoocScore, sessionCounts: [UInt32], sessionCount: Int) {
        precondition(score != .asymShrunk, "asym_shrunk is a score of weights")
        precondition(sessionCount <= BuildLimits.greatestSessionCount, "more sessions than products can hold")
        self.score = score
        self.sessionCounts = sessionCounts
        self.sessionCount = sessionCount
    }

    /// Pairs with a lower score are no neighbours.
    ///
    /// Only llr has such: 0 says that the pair occurs together no more often than by chance.
    var leastScore: Double { score == .llr ? .leastNonzeroMagnitude : -.infinity }

    /// Writes the scores of the pairs of an item with others.
    ///
    /// - Parameters:
    ///   - row: The code of the item.
    ///   - others: The codes of the others.
    ///   - counts: Per other one the sessions with both, from 1 to those of the one with fewer.
    ///   - scores: At least as many places as there are others; what stands behind is left alone.
    func fill(_ scores: inout [Double], row: Int, others: Span<UInt32>, counts: Span<UInt32>) {
        let (a, n) = (Int(sessionCounts[row]), sessionCount)
        switch score {
        case .count: fill(&scores, others, counts) { c, _ in Double(c) }
        case .cosine: fill(&scores, others, counts) { c, b in (Double(c * c) / Double(a * b)).squareRoot() }
        case .cosineShrunk:
            fill(&scores, others, counts) { c, b in (Double(c * c) / Double((a + 20) * (b + 20))).squareRoot() }
        case .jaccard: fill(&scores, others, counts) { c, b in Double(c) / Double(a + b - c) }
        case .lift: fill(&scores, others, counts) { c, b in Double(c * n) / Double(a * b) }
        case .npmi: fill(&scores, others, counts) { c, b in npmi(c, a, b, n) }
        case .pmiShrunk:
            fill(&scores, others, counts) { c, b in
                Double(c) / Double(c + 10) * PortableMath.logarithm(ofRatio: c * n, to: a * b)
            }
        case .llr: fill(&scores, others, counts) { c, b in logLikelihoodRatio(c, a, b, n) }
        case .asymShrunk: preconditionFailure("asym_shrunk is a score of weights")
        }
    }

    /// - Parameter formula: The score of c, the sessions with both, and b, those with the other.
    @inline(__always)
    private func fill(
        _ scores: inout [Double], _ others: Span<UInt32>, _ counts: Span<UInt32>, _ formula: (Int, Int) -> Double,
    ) {
        precondition(counts.count == others.count && scores.count >= others.count, "a count and a place for each")
        let sessionCounts = sessionCounts.span
        var scores = scores.mutableSpan
        for index in others.indices {
            scores[index] = formula(Int(counts[index]), Int(sessionCounts[Int(others[index])]))
        }
    }
}

/// ln(c n / (a b)) / -ln(c / n); 1, the limit, for items that are both in all sessions.
@inline(__always)
private func npmi(_ c: Int, _ a: Int, _ b: Int, _ n: Int) -> Double {
    if c == n { return 1 }
    return PortableMath.logarithm(ofRatio: c * n, to: a * b) / PortableMath.logarithm(ofRatio: n, to: c)
}

/// G-squared, 2 sum(O ln(O / E)) over the 2x2 table; 0 for pairs that occur together no more often than by chance.
///
/// All four cells differ from what is expected by the same D / n, D = c n - a b, which is a whole number. With it every
/// cell becomes the deviance O ln(O / E) - (O - E), none of which is negative: the differences add up to 0, and no
/// digit is lost where the table is all but independent.
private func logLikelihoodRatio(_ c: Int, _ a: Int, _ b: Int, _ n: Int) -> Double {
    let excess = c * n - a * b
    guard excess > 0 else { return 0 }
    let difference = Double(excess) / Double(n)
    let inOne =
        deviance(a - c, n, expected: a * (n - b), -difference) + deviance(b - c, n, expected: b * (n - a), -difference)
    let inBothOrNone =
        deviance(c, n, expected: a * b, difference)
        + deviance(n - a - b + c, n, expected: (n - a) * (n - b), difference)
    return 2 * (inBothOrNone + inOne)
}

/// O ln(O / E) - (O - E), which is 0 for O = E and else more.
///
/// Near O = E after C. Loader, Fast and Accurate Computation of Binomial Probabilities, 2000: with the slope
/// s = (O - E) / (O + E) of the logarithm, O 2 s - (O - E) is (O - E) s.
///
/// - Parameters:
///   - observed: O, from 0.
///   - n: The sum of the table.
///   - expected: E n, from 1.
///   - difference: O - E.
@inline(__always)
private func deviance(_ observed: Int, _ n: Int, expected: Int, _ difference: Double) -> Double {
    if observed == 0 { return -difference }
    let logarithm = LogarithmOfRatio(observed * n, expected)
    return logarithm.exponent == 0
        ? difference * logarithm.slope + Double(observed) * logarithm.tail
        : Double(observed) * logarithm.value - difference
}
