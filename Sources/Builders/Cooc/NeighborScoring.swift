import Scan

/// By what neighbours are ranked, with what that takes of all items.
enum NeighborScoring: Sendable {
    case count
    case pairs(PairScorer)
    case weights(WeightedPairScorer)

    /// - Parameter sessionCounts: For every item of the window the number of its sessions.
    init(_ score: CoocScore, _ baskets: Baskets, sessionCounts: [UInt32], threadCount: Int) throws {
        switch score {
        case .count: self = .count
        case .asymShrunk:
            let sums = try baskets.weightSums(itemCount: sessionCounts.count, threadCount: threadCount)
            self = .weights(WeightedPairScorer(weightSums: sums))
        default: self = .pairs(PairScorer(score, sessionCounts: sessionCounts, sessionCount: baskets.count))
        }
    }

    /// What the entries of the result have.
    var valueKind: RankedRows.ValueKind {
        if case .count = self { .counts } else { .scores }
    }

    /// What one thread ranks with.
    func makeRanker(itemCount: Int, _ parameters: BuildParameters) -> any NeighborRanker {
        switch self {
        case .count: CountRanker(itemCount: itemCount, parameters)
        case .pairs(let scorer): ScoreRanker(scorer, itemCount: itemCount, parameters)
        case .weights(let scorer): WeightRanker(scorer, itemCount: itemCount, parameters)
        }
    }
}
