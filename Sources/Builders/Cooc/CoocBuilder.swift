import Columns
import Platform
import Scan

/// cooc: per item the items that were seen in the same sessions, by the number of these sessions or a score made of it,
/// then by id.
///
/// The count of pairs is a sparse matrix product, made one row at a time: the sessions of an item, the items of each of
/// these sessions, added up in a dense array. Memory does not grow with the number of pairs.
enum CoocBuilder: KindBuilder {
    static let kinds: [ArtifactKind] = [.cooc]

    static func memoryNeed(_ counts: WindowCounts, _ parameters: BuildParameters) -> MemoryNeed {
        var need = MemoryNeed.baskets(counts)
        // The baskets transposed.
        need.sliced = 4 * counts.rowCount
        switch parameters.coocScore {
        case .count: need.perThread += 8 * counts.itemCount
        case .asymShrunk:
            need.fixed += 16 * counts.itemCount
            need.perThread += 36 * counts.itemCount
        default:
            need.fixed += 4 * counts.itemCount
            need.perThread += 24 * counts.itemCount
        }
        return need
    }

    static func shapingParameters(_ parameters: BuildParameters, _ limits: BuildLimits) -> [ArtifactParameter?] {
        let (score, policy) = (parameters.coocScore, limits.oversizedSessions)
        return [
            parameters.maximumItemsPerArtifact.map { ArtifactParameter("max_items_per_artifact", $0) },
            ArtifactParameter("max_neighbors_per_item", parameters.maximumNeighborsPerItem),
            ArtifactParameter("min_cooc_support", parameters.minimumCoocSupport),
            score == .count ? nil : ArtifactParameter("score", score.rawValue),
            // A limit that is kept by refusing what exceeds it shapes nothing.
            policy == .fail ? nil : ArtifactParameter("on_oversized_session", policy.rawValue),
            policy == .fail ? nil : ArtifactParameter("max_items_per_session", limits.maximumItemsPerSession),
        ]
    }

    static func build(
        _: [ArtifactKind], _ events: WindowEvents, _ parameters: BuildParameters,
    ) throws -> [RankedRows] {
        [try build(events, parameters)]
    }

    private static func build(_ events: WindowEvents, _ parameters: BuildParameters) throws -> RankedRows {
        let baskets = try events.baskets()
        var windowCounts = events.counts
        windowCounts.sessionCount = baskets.count
        let plan = try events.memory.plan(.cooc, windowCounts, of: events.scan, parameters)
        let (itemCount, threadCount) = (events.items.count, plan.threadCount)
        let counts = try baskets.sessionCounts(itemCount: itemCount, threadCount: threadCount)
        let scoring = try NeighborScoring(
            parameters.coocScore, baskets, sessionCounts: counts, threadCount: threadCount)
        var spool = RankedRowsSpool(values: scoring.valueKind, scratch: events.scratch)
        var rows: [UInt32] = []
        try baskets.forEachItemsInOrder(
            counts: counts, sliceByteCount: plan.sliceByteCount, threadCount: threadCount,
            makeState: { Worker(ranker: scoring.makeRanker(itemCount: itemCount, parameters)) },
            produce: { worker, items, index in worker.rank(items, index, baskets) },
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
        var ranker: any NeighborRanker
        var slice = RankedSlice()

        mutating func rank(_ items: Range<Int>, _ index: BasketIndex, _ baskets: Baskets) {
            slice.removeAll()
            for item in items {
                let sessions = index.sessions.span.extracting(index.range(ofItem: item))
                ranker.rank(UInt32(item), sessions, baskets.words.span, into: &slice)
                slice.endRow(item)
            }
        }
    }

    /// Which of the rows are kept where there are more than allowed: those of the items with the most sessions, of
    /// equals the lower id. Nil for all.
    private static func kept(_ rows: [UInt32], _ counts: [UInt32], limit: Int?) -> [Int]? {
        guard let limit, rows.count > limit else { return nil }
        let ranking = rows.indices.sorted { (counts[Int(rows[$1])], $0) < (counts[Int(rows[$0])], $1) }
        return ranking.prefix(limit).sorted()
    }
}
