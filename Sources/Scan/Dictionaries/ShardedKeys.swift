/// The keys of a day's dictionary, brought together by shard: what several threads can look up side by side, each in a
/// table that fits its cache.
struct ShardedKeys: Sendable {
    /// The keys, those of the first shard first, and of a shard in the order of the dictionary.
    let keys: [IdentifierKey]
    /// For each of `keys` its index in the dictionary.
    let indices: [UInt32]
    /// For each shard the index in `keys` after its last one.
    let ends: [Int]

    /// - Parameter shards: The shards to keep; keys of others are left out.
    init(_ keys: [IdentifierKey], shardBitCount: Int, shards: Range<Int>) {
        var cursors = [Int](repeating: 0, count: 1 << shardBitCount)
        countShards(keys.span, shardBitCount, into: cursors.mutableSpan)
        var end = 0
        for shard in cursors.indices {
            let count = shards.contains(shard) ? cursors[shard] : 0
            // A shard that is left out has a cursor that says so.
            cursors[shard] = shards.contains(shard) ? end : -1
            end += count
        }
        var sorted = [IdentifierKey](repeating: IdentifierKey(low: 0, high: 0), count: end)
        var indices = [UInt32](repeating: 0, count: end)
        distribute(keys.span, shardBitCount, cursors.mutableSpan, into: sorted.mutableSpan, indices.mutableSpan)
        self.keys = sorted
        self.indices = indices
        // Each cursor has moved to the end of its shard.
        var latest = 0
        ends = cursors.map { cursor in
            if cursor >= 0 { latest = cursor }
            return latest
        }
    }

    /// The indices in `keys` of a shard's.
    func range(ofShard shard: Int) -> Range<Int> {
        (shard == 0 ? 0 : ends[shard - 1])..<ends[shard]
    }
}

@inline(__always)
private func shard(of key: IdentifierKey, _ shardBitCount: Int) -> Int {
    Int(truncatingIfNeeded: key.hash >> UInt64(64 &- shardBitCount))
}

private func countShards(
    _ keys: Span<IdentifierKey>, _ shardBitCount: Int, into counts: consuming MutableSpan<Int>,
) {
    for index in keys.indices { counts[shard(of: keys[index], shardBitCount)] &+= 1 }
}

private func distribute(
    _ keys: Span<IdentifierKey>, _ shardBitCount: Int, _ cursors: consuming MutableSpan<Int>,
    into sorted: consuming MutableSpan<IdentifierKey>, _ indices: consuming MutableSpan<UInt32>,
) {
    for index in keys.indices {
        let shard = shard(of: keys[index], shardBitCount)
        let position = cursors[shard]
        if position < 0 { continue }
        sorted[position] = keys[index]
        indices[position] = UInt32(truncatingIfNeeded: index)
        cursors[shard] = position &+ 1
    }
}
