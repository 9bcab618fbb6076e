/// Scores of pairs of items by sums of the weights of their sessions: `asymShrunk`.
///
/// c / ((a + 20)^.75 (b + 20)^.25) for b as a neighbour of a, where c, a and b are the weights of all sessions with
/// both, with the one and with the other.
struct WeightedPairScorer: Sendable {
    /// Per item the weight of its sessions.
    private let weightSums: [UInt64]
    /// Per item (b + 20)^.25.
    private let neighborFactors: [Double]

    /// - Parameter weightSums: Per code of an item the sum of `SessionWeight.fixedPoint` over its sessions.
    init(weightSums: [UInt64]) {
        self.weightSums = weightSums
        neighborFactors = weightSums.map { PortableMath.fourthRoot(SessionWeight.value(ofSum: $0) + 20) }
    }

    /// Writes the scores of others as neighbours of an item.
    ///
    /// - Parameters:
    ///   - row: The code of the item.
    ///   - others: The codes of the others.
    ///   - weightSums: Per other one the sum of the weights of the sessions with both.
    ///   - scores: At least as many places as there are others; what stands behind is left alone.
    func fill(_ scores: inout [Double], row: Int, others: Span<UInt32>, weightSums: Span<UInt64>) {
        precondition(weightSums.count == others.count && scores.count >= others.count, "a sum and a place for each")
        let rowFactor = PortableMath.fourthRootCubed(SessionWeight.value(ofSum: self.weightSums[row]) + 20)
        let neighborFactors = neighborFactors.span
        var scores = scores.mutableSpan
        for index in others.indices {
            let divisor = rowFactor * neighborFactors[Int(others[index])]
            scores[index] = SessionWeight.value(ofSum: weightSums[index]) / divisor
        }
    }
}

/// How much a session counts in `asymShrunk`: 1 / sqrt(n - 1) for n distinct items, 1 for a single one.
///
/// Weights are whole numbers of 2^-36, so that sums do not depend on the order in which threads, slices and shards add
/// them up. Sums of all sessions fit 64 bits: at most 2^28 - 1 sessions (`BuildLimits.greatestSessionCount`) of at most
/// 2^36 are less than 2^64. Rounding changes a weight by at most 2^-37, which of 1 / sqrt(n - 1) is the part
/// sqrt(n - 1) 2^-37: less than 1e-9 for sessions of up to 18,000 items, and then of sums too; 5e-7 for one of 2^32.
enum SessionWeight {
    /// The weight of a session of so many distinct items, at least 1, in units of 2^-36.
    static func fixedPoint(itemCount: Int) -> UInt64 {
        UInt64((0x1p36 / Double(max(1, itemCount - 1)).squareRoot()).rounded())
    }

    /// What a sum of weights stands for.
    static func value(ofSum sum: UInt64) -> Double { Double(sum) * 0x1p-36 }
}
