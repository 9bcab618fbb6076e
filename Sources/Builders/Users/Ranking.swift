/// Orders counted items, which come in ascending order of their codes, by descending counts.
///
/// A counting sort, for most counts are small, and a sort by comparison of those that are not.
struct Ranking {
    /// Counts from here on are sorted by comparison.
    private static let bucketCount: UInt32 = 64

    /// For each smaller count how many items have it, then the place of the next of them.
    private var cursors = [Int](repeating: 0, count: Int(bucketCount))
    private var largeKeys: [RankingKey] = []
    /// The items in their order.
    private var ranked: [UInt32] = []

    /// Appends the best items with their counts to `slice`. Items whose count is zero are left out.
    mutating func rank(_ items: Span<UInt32>, _ counts: Span<UInt32>, limit: Int, into slice: inout RankedSlice) {
        largeKeys.removeAll(keepingCapacity: true)
        for count in cursors.indices { cursors[count] = 0 }
        for index in items.indices {
            let count = counts[Int(items[index])]
            if count < Ranking.bucketCount {
                cursors[Int(count)] &+= 1
            } else {
                largeKeys.append(RankingKey(code: items[index], count: count))
            }
        }
        largeKeys.sort()
        for key in largeKeys.prefix(limit) { slice.append(key) }
        rankSmall(items, counts, limit: max(0, limit - largeKeys.count), into: &slice)
    }

    /// The same for items whose counts were counted in `cursors`.
    private mutating func rankSmall(
        _ items: Span<UInt32>, _ counts: Span<UInt32>, limit: Int, into slice: inout RankedSlice,
    ) {
        var end = 0
        for count in cursors.indices.dropFirst().reversed() { (cursors[count], end) = (end, end + cursors[count]) }
        if ranked.count < end { ranked = [UInt32](repeating: 0, count: end) }
        for index in items.indices {
            let count = Int(counts[Int(items[index])])
            guard count > 0, count < cursors.count else { continue }
            ranked[cursors[count]] = items[index]
            cursors[count] &+= 1
        }
        for index in 0..<min(end, limit) {
            let item = ranked[index]
            slice.append(RankingKey(code: item, count: counts[Int(item)]))
        }
    }
}
