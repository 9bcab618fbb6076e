import Platform
import Scan

/// Counts for one item after the other the sessions that it shares with every other one: the rows of the sparse product
/// of the baskets with their transpose, each in a dense array.
///
/// One per thread. Takes 8 bytes of memory for each item of the window.
struct PairCounter {
    /// Per item the sessions in common; zero but while a row is made.
    private var counts: [UInt32]
    /// The items whose count is not zero, in the order in which they were met, and one place behind them.
    private var touched: [UInt32]
    private var touchedCount = 0

    init(itemCount: Int) {
        counts = [UInt32](repeating: 0, count: itemCount)
        touched = [UInt32](repeating: 0, count: itemCount + 1)
    }

    /// Counts the items of some sessions, which are all sessions of an item.
    ///
    /// - Parameters:
    ///   - sessions: Where their baskets begin in `words`.
    ///   - words: As in `Baskets`.
    mutating func count(_ sessions: Span<UInt32>, _ words: Span<UInt32>) {
        touchedCount = countPairs(sessions, words, into: &counts, &touched)
    }

    /// Offers what was counted to `best`, and forgets it.
    ///
    /// - Parameter item: The item that the row is of, which is no neighbour of itself.
    mutating func drain(excluding item: UInt32, into best: inout BestKeys<RankingKey>) {
        counts[Int(item)] = 0
        offer(touched, touchedCount, &counts, to: &best)
    }

    /// Hands over what was counted at least `minimumCount` times, and forgets all.
    ///
    /// - Parameters:
    ///   - item: As above.
    ///   - others: Gets the items, from the start on; has a place for each item of the window.
    ///   - othersCounts: Likewise gets their counts.
    /// - Returns: How many items there are.
    mutating func drain(
        excluding item: UInt32, minimumCount: UInt32, into others: inout [UInt32], _ othersCounts: inout [UInt32],
    ) -> Int {
        counts[Int(item)] = 0
        return move(touched, touchedCount, &counts, minimumCount, to: &others, &othersCounts)
    }
}

/// How many baskets ahead are fetched.
let basketPrefetchDistance = 8

private func countPairs(
    _ sessions: Span<UInt32>, _ words: Span<UInt32>, into counts: inout [UInt32], _ touched: inout [UInt32],
) -> Int {
    var counts = counts.mutableSpan
    var touched = touched.mutableSpan
    var end = 0
    let last = sessions.count &- 1
    for session in sessions.indices {
        // The sessions of an item stand far apart: without this the loop would wait for memory at each of them.
        words.prefetch(at: Int(sessions[min(session &+ basketPrefetchDistance, last)]))
        let start = Int(sessions[session])
        for index in (start &+ 1)..<(start &+ 1 &+ Int(words[start])) {
            let item = words[index]
            let count = counts[Int(item)]
            counts[Int(item)] = count &+ 1
            // Written in any case and kept if it is new, which no branch could foresee.
            touched[end] = item
            if count == 0 { end &+= 1 }
        }
    }
    return end
}

private func offer(
    _ touched: [UInt32], _ touchedCount: Int, _ counts: inout [UInt32], to best: inout BestKeys<RankingKey>,
) {
    let touched = touched.span
    var counts = counts.mutableSpan
    for index in 0..<touchedCount {
        let item = touched[index]
        best.offer(RankingKey(code: item, count: counts[Int(item)]))
        counts[Int(item)] = 0
    }
}

private func move(
    _ touched: [UInt32], _ touchedCount: Int, _ counts: inout [UInt32], _ minimumCount: UInt32,
    to others: inout [UInt32], _ othersCounts: inout [UInt32],
) -> Int {
    let touched = touched.span
    var counts = counts.mutableSpan
    var (end, least) = (0, max(1, minimumCount))
    for index in 0..<touchedCount {
        let item = touched[index]
        let count = counts[Int(item)]
        counts[Int(item)] = 0
        others[end] = item
        othersCounts[end] = count
        if count >= least { end &+= 1 }
    }
    return end
}
