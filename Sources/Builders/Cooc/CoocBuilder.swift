import Columns
import Platform
import Scan

/// cooc: per item the items that were seen in the same sessions, by the number of these sessions, then by id.
///
/// The count of pairs is a sparse matrix product, made one row at a time: the sessions of an item, the items of each of
/// these sessions, added up in a dense array. Memory does not grow with the number of pairs.
enum CoocBuilder {
    static func build(_ events: WindowEvents, _ parameters: BuildParameters) throws -> RankedRows {
        let baskets = try events.baskets()
        let (itemCount, threadCount) = (events.items.count, events.scan.threadCount)
        let counts = try baskets.sessionCounts(itemCount: itemCount, threadCount: threadCount)
        let indexes = BalancedRanges.cut(counts, pieceCount: threadCount)
        let sessions = try Parallel.map(count: indexes.count, threadCount: threadCount) { index in
            BasketIndex(baskets, items: indexes[index], counts: counts)
        }
        var spool = RankedRowsSpool(values: .counts, scratch: events.scratch)
        var rows: [UInt32] = []
        let pieces = BalancedRanges.cut(counts, pieceCount: threadCount * 16)
        try Parallel.forEachInOrder(
            count: pieces.count, threadCount: threadCount,
            makeState: { Worker(itemCount: itemCount, parameters) },
            produce: { worker, index in worker.rank(pieces[index], sessions, baskets) },
            consume: { worker in
                try spool.append(worker.slice)
                rows += worker.slice.rows
            })
        let kept = kept(rows, counts, limit: parameters.maximumItemsPerArtifact)
        return try spool.finish(
            rowKeys: events.items.identifiers, candidates: events.items.identifiers, keeping: kept)
    }

    /// What a thread needs to rank the neighbours of items.
    private struct Worker {
        var slice = RankedSlice()
        private var counter: PairCounter
        private var best: BestKeys

        init(itemCount: Int, _ parameters: BuildParameters) {
            counter = PairCounter(itemCount: itemCount)
            best = BestKeys(
                limit: parameters.maximumNeighborsPerItem,
                minimumCount: UInt32(clamping: parameters.minimumCoocSupport))
        }

        mutating func rank(_ items: Range<Int>, _ indexes: [BasketIndex], _ baskets: Baskets) {
            slice.removeAll()
            for index in indexes where index.items.overlaps(items) {
                for item in items.clamped(to: index.items) {
                    counter.count(index.sessions.span.extracting(index.range(ofItem: item)), baskets.words.span)
                    counter.drain(excluding: UInt32(item), into: &best)
                    best.drain(into: &slice)
                    slice.endRow(item)
                }
            }
        }
    }

    /// Which of the rows are kept where there are more than allowed: those of the items with the most sessions, of equals
    /// the lower id. Nil for all.
    private static func kept(_ rows: [UInt32], _ counts: [UInt32], limit: Int?) -> [Int]? {
        guard let limit, rows.count > limit else { return nil }
        let ranking = rows.indices.sorted { (counts[Int(rows[$1])], $0) < (counts[Int(rows[$0])], $1) }
        return ranking.prefix(limit).sorted()
    }
}
