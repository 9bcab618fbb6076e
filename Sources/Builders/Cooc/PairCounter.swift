import Platform
import Scan

/// Counts for one item after the other the sessions that it shares with every other one: the rows of the sparse product
/// of the baskets with their transpose, each in a dense array.
///
/// One per thread. Takes 8 bytes of memory for each item of the window.
struct PairCounter {
    /// Per item the sessions in common; zero but while a row is made.
    private var counts: [UInt32]
    /// The items whose count is not zero, in the order in which they were met, and then one place that is written to
    /// and never read.
    private var touched: [UInt32]
    private var touchedCount = 0

    init(itemCount: Int) {
        counts = [UInt32](repeating: 0, count: itemCount)
        touched = [UInt32](repeating: 0, count: itemCount + 1)
    }

    /// Counts the items of some sessions.
    ///
    /// - Parameters:
    ///   - sessions: Where their baskets begin in `words`.
    ///   - words: As in `Baskets`.
    mutating func count(_ sessions: Span<UInt32>, _ words: Span<UInt32>) {
        touchedCount = countPairs(sessions, words, into: &counts, &touched)
    }

    /// Hands the items that were counted and their counts to `best`, and forgets them.
    ///
    /// - Parameter item: The item that the row is of, which is no neighbour of itself.
    mutating func drain(excluding item: UInt32, into best: inout BestKeys) {
        counts[Int(item)] = 0
        let touched = touched
        best.offer(touched.span.extracting(0..<touchedCount), &counts)
    }
}

/// How many baskets ahead are fetched.
private let prefetchDistance = 8

private func countPairs(
    _ sessions: Span<UInt32>, _ words: Span<UInt32>, into counts: inout [UInt32], _ touched: inout [UInt32],
) -> Int {
    var counts = counts.mutableSpan
    var touched = touched.mutableSpan
    var end = 0
    let last = sessions.count &- 1
    for session in sessions.indices {
        // Sessions of an item stand far apart: the loop would wait for memory at every one of them.
        words.prefetch(at: Int(sessions[min(session &+ prefetchDistance, last)]))
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
