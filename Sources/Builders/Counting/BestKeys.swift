/// Keeps the best of the ranking keys that it is offered, without sorting the others.
///
/// A buffer of twice as many keys as are wanted; when it is full the worse half goes, and what is worse than all that
/// remain is not let in any more. So a key costs a comparison most of the time, however many there are.
struct BestKeys {
    private let limit: Int
    /// The least key that is not let in.
    private var bound: UInt64
    private let firstBound: UInt64
    private var keys: [UInt64]
    private var count = 0

    /// - Parameters:
    ///   - limit: How many keys are wanted, at least 1.
    ///   - minimumCount: Entries counted less often are left out.
    init(limit: Int, minimumCount: UInt32) {
        self.limit = limit
        firstBound = RankingKey.bound(minimumCount: max(1, minimumCount))
        bound = firstBound
        keys = [UInt64](repeating: 0, count: limit + max(limit, 64))
    }

    /// Offers members with their counts, and sets the counts to zero.
    mutating func offer(_ members: Span<UInt32>, _ counts: inout [UInt32]) {
        var counts = counts.mutableSpan
        for index in members.indices {
            let member = members[index]
            let key = RankingKey(code: member, count: counts[Int(member)]).rawValue
            counts[Int(member)] = 0
            if key < bound { insert(key) }
        }
    }

    private mutating func insert(_ key: UInt64) {
        keys[count] = key
        count += 1
        if count == keys.count { keepBest() }
    }

    private mutating func keepBest() {
        selectSmallest(&keys, total: count, count: limit)
        count = limit
        bound = keys[limit - 1]
    }

    /// Appends the best keys, best first, to `slice`, and forgets all.
    mutating func drain(into slice: inout RankedSlice) {
        if count > limit { keepBest() }
        keys[..<count].sort()
        for index in 0..<count { slice.append(RankingKey(rawValue: keys[index])) }
        count = 0
        bound = firstBound
    }
}
