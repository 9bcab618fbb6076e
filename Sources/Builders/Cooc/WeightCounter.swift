import Platform
import Scan

/// Sums up for one item after the other the weights of the sessions that it shares with every other one.
///
/// One per thread. Takes 16 bytes of memory for each item of the window.
struct WeightCounter {
    /// Per item the weight of the sessions in common, and their number; zero but while a row is made.
    private var sums: [UInt64]
    private var counts: [UInt32]
    /// As in `PairCounter`.
    private var touched: [UInt32]
    private var touchedCount = 0

    init(itemCount: Int) {
        sums = [UInt64](repeating: 0, count: itemCount)
        counts = [UInt32](repeating: 0, count: itemCount)
        touched = [UInt32](repeating: 0, count: itemCount + 1)
    }

    /// As in `PairCounter`.
    mutating func count(_ sessions: Span<UInt32>, _ words: Span<UInt32>) {
        touchedCount = sumWeights(sessions, words, into: &sums, &counts, &touched)
    }

    /// Hands over what was counted at least `minimumCount` times, and forgets all.
    ///
    /// - Parameters: As in `PairCounter`.
    /// - Returns: How many items there are.
    mutating func drain(
        excluding item: UInt32, minimumCount: UInt32, into others: inout [UInt32], _ othersSums: inout [UInt64],
    ) -> Int {
        counts[Int(item)] = 0
        var (end, least) = (0, max(1, minimumCount))
        for index in 0..<touchedCount {
            let other = touched[index]
            if counts[Int(other)] >= least {
                others[end] = other
                othersSums[end] = sums[Int(other)]
                end &+= 1
            }
            counts[Int(other)] = 0
            sums[Int(other)] = 0
        }
        return end
    }
}

private func sumWeights(
    _ sessions: Span<UInt32>, _ words: Span<UInt32>, into sums: inout [UInt64], _ counts: inout [UInt32],
    _ touched: inout [UInt32],
) -> Int {
    var sums = sums.mutableSpan
    var counts = counts.mutableSpan
    var touched = touched.mutableSpan
    var end = 0
    let last = sessions.count &- 1
    for session in sessions.indices {
        words.prefetch(at: Int(sessions[min(session &+ basketPrefetchDistance, last)]))
        let start = Int(sessions[session])
        let itemCount = Int(words[start])
        let weight = SessionWeight.fixedPoint(itemCount: itemCount)
        for index in (start &+ 1)..<(start &+ 1 &+ itemCount) {
            let item = words[index]
            sums[Int(item)] &+= weight
            let count = counts[Int(item)]
            counts[Int(item)] = count &+ 1
            touched[end] = item
            if count == 0 { end &+= 1 }
        }
    }
    return end
}

extension Baskets {
    /// Per item the sum of the weights of its sessions.
    func weightSums(itemCount: Int, threadCount: Int) throws -> [UInt64] {
        let parts = try Parallel.map(count: threadCount, threadCount: threadCount) { thread in
            var sums = [UInt64](repeating: 0, count: itemCount)
            for piece in stride(from: thread, to: pieceEnds.count, by: threadCount) {
                let start = piece == 0 ? 0 : pieceEnds[piece - 1]
                addWeights(words.span.extracting(start..<pieceEnds[piece]), to: sums.mutableSpan)
            }
            return sums
        }
        return parts.dropFirst().reduce(into: parts[0]) { total, sums in
            for item in total.indices { total[item] += sums[item] }
        }
    }
}

private func addWeights(_ words: Span<UInt32>, to sums: consuming MutableSpan<UInt64>) {
    var index = 0
    while index < words.count {
        let itemCount = Int(words[index])
        let weight = SessionWeight.fixedPoint(itemCount: itemCount)
        for item in (index &+ 1)..<(index &+ 1 &+ itemCount) { sums[Int(words[item])] &+= weight }
        index &+= itemCount &+ 1
    }
}
