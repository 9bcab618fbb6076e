import Columns
import Platform
import Scan

extension WindowEvents {
    /// One row of the items with the greatest counts, most first, of equals the lower id; without items that were not
    /// counted.
    ///
    /// - Parameter counts: Per code of an item.
    func ranking(_ counts: [UInt32], limit: Int) throws -> RankedRows {
        var best = BestKeys(limit: limit, before: RankingKey.bound(minimumCount: 1))
        for code in counts.indices { best.offer(RankingKey(code: UInt32(code), count: counts[code])) }
        var slice = RankedSlice()
        best.drain { slice.append($0) }
        return try ranking(slice, values: .counts)
    }

    /// One row of the items with the greatest scores, best first, of equals the lower id. An exposure of long ago may
    /// weigh nothing that a number can hold; its item still was shown.
    ///
    /// - Parameter scores: Per code of an item.
    func ranking(_ scores: [Double], limit: Int) throws -> RankedRows {
        var best = BestKeys(limit: limit, before: ScoreKey.bound(leastScore: 0))
        for code in scores.indices { best.offer(ScoreKey(score: scores[code], code: UInt32(code))) }
        var slice = RankedSlice()
        best.drain { slice.append($0.code, score: $0.score) }
        return try ranking(slice, values: .scores)
    }

    private func ranking(_ slice: RankedSlice, values: RankedRows.ValueKind) throws -> RankedRows {
        var slice = slice
        slice.endRow(0)
        var spool = RankedRowsSpool(values: values, scratch: scratch)
        try spool.append(slice)
        return try spool.finish(rowKeys: IdentifierList(), candidates: items.identifiers)
    }
}
