import Scan

@testable import Builders

/// What builders count and rank with. A value is an item of a session or of a history.
func measureCounting() {
    measure("count: sessions of all items", .values) {
        let baskets = Baskets.sample(itemCount: 3000)
        return Kernel(Samples.count) { try? baskets.sessionCounts(itemCount: 3000, threadCount: 1) }
    }
    for score in [CoocScore.count, .cosine, .llr, .asymShrunk] {
        measureNeighbors(score, "3,000 items", itemCount: 3000)
    }
    // Here most pairs meet once: more is ranked than counted.
    measureNeighbors(.count, "200,000 items", itemCount: 200_000)
    measure("count: histories of users", .values) {
        let items = Samples.skewedCodes(below: 3000)
        var counter = HistoryCounter(itemCount: 3000)
        return Kernel(items.count) { rank(items, &counter) }
    }
}

/// The row of an item that is in every other session.
private func measureNeighbors(_ score: CoocScore, _ place: String, itemCount: Int) {
    measure("count: neighbours by \(score.rawValue), \(place)", .values) {
        let baskets = Baskets.sample(itemCount: itemCount)
        let sessionCounts = try baskets.sessionCounts(itemCount: itemCount, threadCount: 1)
        let scoring = try NeighborScoring(score, baskets, sessionCounts: sessionCounts, threadCount: 1)
        var ranker = scoring.makeRanker(itemCount: itemCount, BuildParameters())
        let sessions = Baskets.sampleSessions
        return Kernel(Samples.count / 2) {
            var row = RankedSlice()
            ranker.rank(0, sessions.span, baskets.words.span, into: &row)
            return row
        }
    }
}

/// Ranks the items of one user after the other, all of whom have as many.
private func rank(_ items: [UInt32], _ counter: inout HistoryCounter) -> RankedSlice {
    var slice = RankedSlice()
    for start in stride(from: 0, to: items.count, by: 64) {
        counter.count(items.span.extracting(start..<(start + 64)))
        counter.rank(limit: 500, into: &slice)
        counter.clear()
    }
    return slice
}

extension Baskets {
    private static let itemCountOfSession = 8

    /// Sessions of eight items each. The first is 0 or 1 in turns, the others are any but these.
    fileprivate static func sample(itemCount: Int) -> Baskets {
        let others = Samples.skewedCodes(below: UInt32(itemCount - 2)).map { $0 + 2 }
        let sessions = stride(from: 0, to: others.count, by: itemCountOfSession).map { start in
            let first = UInt32(start / itemCountOfSession % 2)
            return [UInt32(itemCountOfSession), first] + others[(start + 1)..<(start + itemCountOfSession)]
        }
        let words = sessions.flatMap { $0 }
        return Baskets(words: words, count: sessions.count, pieceEnds: [words.count])
    }

    /// Where the sessions of item 0 begin.
    fileprivate static var sampleSessions: [UInt32] {
        stride(from: 0, to: Samples.count / itemCountOfSession, by: 2).map { UInt32($0 * (itemCountOfSession + 1)) }
    }
}
