/// Counts the items of one history after the other, and ranks them by count, then by code.
///
/// One per thread. Takes 12 bytes of memory for each item of the window.
struct HistoryCounter {
    /// Per item how often it was counted; zero but while a history is counted.
    private var counts: [UInt32]
    private var met: CodeSet
    /// The items of the history in ascending order, from the start on; `itemCount` of them.
    private var items: [UInt32]
    private var itemCount = 0
    private var ranking: Ranking

    init(itemCount: Int) {
        counts = [UInt32](repeating: 0, count: itemCount)
        met = CodeSet(codeCount: itemCount)
        items = [UInt32](repeating: 0, count: itemCount)
        ranking = Ranking()
    }

    /// Counts the items of a history, which is the only one until `clear`.
    mutating func count(_ history: Span<UInt32>) {
        countItems(history, &counts, &met)
        itemCount = met.drain(into: &items)
    }

    /// Takes one of the counted items back.
    mutating func uncount(_ item: UInt32) {
        counts[Int(item)] -= 1
    }

    /// Appends the items that were counted most, most first, of equals the lower code first.
    mutating func rank(limit: Int, into slice: inout RankedSlice) {
        let (items, counts) = (items, counts)
        ranking.rank(items.span.extracting(0..<itemCount), counts.span, limit: limit, into: &slice)
    }

    /// Forgets the history.
    mutating func clear() {
        for index in 0..<itemCount { counts[Int(items[index])] = 0 }
        itemCount = 0
    }
}

private func countItems(_ history: Span<UInt32>, _ counts: inout [UInt32], _ met: inout CodeSet) {
    var counts = counts.mutableSpan
    for index in history.indices {
        let item = history[index]
        let count = counts[Int(item)]
        counts[Int(item)] = count &+ 1
        if count == 0 { met.insert(item) }
    }
}
