import Scan

/// Ranks the neighbours of one item after the other. One per thread.
protocol NeighborRanker {
    /// Appends the best neighbours of an item, best first.
    ///
    /// - Parameters:
    ///   - item: The item's code.
    ///   - sessions: Where the baskets of its sessions begin in `words`.
    ///   - words: As in `Baskets`.
    mutating func rank(
        _ item: UInt32, _ sessions: Span<UInt32>, _ words: Span<UInt32>, into slice: inout RankedSlice)
}

/// Ranks by the number of sessions in common.
struct CountRanker: NeighborRanker {
    private var counter: PairCounter
    private var best: BestKeys<RankingKey>

    init(itemCount: Int, _ parameters: BuildParameters) {
        counter = PairCounter(itemCount: itemCount)
        best = BestKeys(
            limit: parameters.maximumNeighborsPerItem, before: .bound(minimumCount: parameters.leastCount))
    }

    mutating func rank(
        _ item: UInt32, _ sessions: Span<UInt32>, _ words: Span<UInt32>, into slice: inout RankedSlice,
    ) {
        counter.count(sessions, words)
        counter.drain(excluding: item, into: &best)
        best.drain { slice.append($0) }
    }
}

/// Ranks by a score of the number of sessions in common.
struct ScoreRanker: NeighborRanker {
    private let scorer: PairScorer
    private let leastCount: UInt32
    private var counter: PairCounter
    private var others: [UInt32]
    private var counts: [UInt32]
    private var scores: [Double]
    private var best: BestKeys<ScoreKey>

    init(_ scorer: PairScorer, itemCount: Int, _ parameters: BuildParameters) {
        self.scorer = scorer
        leastCount = parameters.leastCount
        counter = PairCounter(itemCount: itemCount)
        others = [UInt32](repeating: 0, count: itemCount + 1)
        counts = others
        scores = [Double](repeating: 0, count: itemCount + 1)
        best = BestKeys(limit: parameters.maximumNeighborsPerItem, before: .bound(leastScore: scorer.leastScore))
    }

    mutating func rank(
        _ item: UInt32, _ sessions: Span<UInt32>, _ words: Span<UInt32>, into slice: inout RankedSlice,
    ) {
        counter.count(sessions, words)
        let count = counter.drain(excluding: item, minimumCount: leastCount, into: &others, &counts)
        let (others, counts) = (others, counts)
        scorer.fill(
            &scores, row: Int(item), others: others.span.extracting(0..<count),
            counts: counts.span.extracting(0..<count))
        for index in 0..<count { best.offer(ScoreKey(score: scores[index], code: others[index])) }
        best.drain { slice.append($0.code, score: $0.score) }
    }
}

/// Ranks by a score of the weights of the sessions in common.
struct WeightRanker: NeighborRanker {
    private let scorer: WeightedPairScorer
    private let leastCount: UInt32
    private var counter: WeightCounter
    private var others: [UInt32]
    private var sums: [UInt64]
    private var scores: [Double]
    private var best: BestKeys<ScoreKey>

    init(_ scorer: WeightedPairScorer, itemCount: Int, _ parameters: BuildParameters) {
        self.scorer = scorer
        leastCount = parameters.leastCount
        counter = WeightCounter(itemCount: itemCount)
        others = [UInt32](repeating: 0, count: itemCount)
        sums = [UInt64](repeating: 0, count: itemCount)
        scores = [Double](repeating: 0, count: itemCount)
        best = BestKeys(limit: parameters.maximumNeighborsPerItem, before: .bound(leastScore: 0))
    }

    mutating func rank(
        _ item: UInt32, _ sessions: Span<UInt32>, _ words: Span<UInt32>, into slice: inout RankedSlice,
    ) {
        counter.count(sessions, words)
        let count = counter.drain(excluding: item, minimumCount: leastCount, into: &others, &sums)
        let (others, sums) = (others, sums)
        scorer.fill(
            &scores, row: Int(item), others: others.span.extracting(0..<count),
            weightSums: sums.span.extracting(0..<count))
        for index in 0..<count { best.offer(ScoreKey(score: scores[index], code: others[index])) }
        best.drain { slice.append($0.code, score: $0.score) }
    }
}

extension BuildParameters {
    /// How many sessions with both items a neighbour needs.
    fileprivate var leastCount: UInt32 { UInt32(clamping: max(1, minimumCoocSupport)) }
}
