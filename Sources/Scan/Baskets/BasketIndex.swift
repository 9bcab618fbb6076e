import Platform

/// For each of a range of items the sessions that have it: the baskets transposed.
///
/// Takes 4 bytes of memory for each item of each session, of the items in the range.
package struct BasketIndex: Sendable {
    /// Codes of items in the window.
    package let items: Range<Int>
    /// The sessions of the first item, then those of the next, and so on, each where its basket begins in
    /// `Baskets.words`, ascending.
    package let sessions: [UInt32]
    /// For each item of the range the index in `sessions` after its last one.
    private let ends: [Int]

    /// The indices in `sessions` of an item's.
    package func range(ofItem item: Int) -> Range<Int> {
        let index = item - items.lowerBound
        return (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }

    /// - Parameter counts: For every item of the window its number of sessions.
    package init(_ baskets: Baskets, items: Range<Int>, counts: [UInt32]) {
        self.items = items
        var cursors: [Int] = []
        cursors.reserveCapacity(items.count)
        var total = 0
        for item in items {
            cursors.append(total)
            total += Int(counts[item])
        }
        var sessions = [UInt32](repeating: 0, count: total)
        distribute(baskets.words.span, items, cursors.mutableSpan, into: sessions.mutableSpan)
        self.sessions = sessions
        ends = cursors
    }
}

extension Baskets {
    /// For every item of the window the number of sessions that have it.
    package func sessionCounts(itemCount: Int, threadCount: Int) throws -> [UInt32] {
        let pieces = try Parallel.map(count: threadCount, threadCount: threadCount) { thread in
            var counts = [UInt32](repeating: 0, count: itemCount)
            for piece in stride(from: thread, to: pieceEnds.count, by: threadCount) {
                let start = piece == 0 ? 0 : pieceEnds[piece - 1]
                countItems(words.span.extracting(start..<pieceEnds[piece]), into: counts.mutableSpan)
            }
            return counts
        }
        return pieces.sums
    }
}

private func countItems(_ words: Span<UInt32>, into counts: consuming MutableSpan<UInt32>) {
    var index = 0
    while index < words.count {
        let end = index &+ 1 &+ Int(words[index])
        index &+= 1
        while index < end {
            counts[Int(words[index])] &+= 1
            index &+= 1
        }
    }
}

/// Writes each session at the cursors of its items, which then are at the items' ends.
private func distribute(
    _ words: Span<UInt32>, _ items: Range<Int>, _ cursors: consuming MutableSpan<Int>,
    into sessions: consuming MutableSpan<UInt32>,
) {
    let (first, count) = (UInt32(items.lowerBound), UInt32(items.count))
    var index = 0
    while index < words.count {
        let start = UInt32(truncatingIfNeeded: index)
        let end = index &+ 1 &+ Int(words[index])
        index &+= 1
        while index < end {
            let item = words[index] &- first
            if item < count {
                sessions[cursors[Int(item)]] = start
                cursors[Int(item)] &+= 1
            }
            index &+= 1
        }
    }
}
