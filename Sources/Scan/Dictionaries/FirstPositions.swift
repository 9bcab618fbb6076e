import Columns
import Platform

/// Finds for each id of each dictionary of a window where the same id appears first.
///
/// Ids are told apart by keys of 128 bits, brought together by shard: each shard is a table that one thread fills and
/// that fits its cache. Where the keys of all dictionaries are more than may be in memory at once, some shards are done
/// at a time, and the dictionaries are read again for the others.
enum FirstPositions {
    /// What a key takes in memory, with its index and what is found for it.
    private static let byteCountOfKey = 24
    /// A table of so many keys fits the second cache of most machines.
    private static let keyCountOfShard = 1 << 14
    /// With fewer keys of a batch in a shard, going from table to table would be most of the work.
    private static let keyCountOfPiece = 1 << 8
    private static let greatestShardBitCount = 10

    /// - Parameters:
    ///   - dictionaries: By batch, if they were read already.
    ///   - ends: For every batch the position after its last id: the number of ids in it and in those before.
    ///   - keyByteCount: How much memory the keys may take at once, in bytes.
    /// - Throws: `FormatError` if a block is damaged.
    static func find(
        _ column: IdentifierColumn, in scan: WindowScan, _ dictionaries: [[DictionaryRun]]?, ends: [Int],
        keyByteCount: Int,
    ) throws -> [UInt32] {
        let total = ends.last ?? 0
        precondition(total < UInt32.max, "there are no more ids than events, of which there are less than 2^32")
        let shardBitCount = shardBitCount(keyCount: total, batchCount: ends.count)
        let passCount = max(1, min(1 << shardBitCount, total * byteCountOfKey / max(1, keyByteCount) + 1))
        var positions = [UInt32](repeating: 0, count: total)
        for pass in 0..<passCount {
            let shards = ((pass << shardBitCount) / passCount)..<(((pass + 1) << shardBitCount) / passCount)
            let keys = try Parallel.map(
                count: scan.batches.count, threadCount: scan.threadCount, makeState: { Zstandard() },
                { zstandard, batch in
                    let runs =
                        try dictionaries?[batch] ?? scan.dictionaryRuns(column, batch: batch, using: zstandard)
                    return ShardedKeys(IdentifierKey.keys(of: runs), shardBitCount: shardBitCount, shards: shards)
                })
            let found = try Parallel.map(count: shards.count, threadCount: scan.threadCount) { index in
                lookUp(keys, shard: shards.lowerBound + index, ends: ends, shardBitCount)
            }
            try Parallel.forEachChunk(
                of: &positions, endingAt: ends, threadCount: scan.threadCount, makeState: {},
                { _, batch, chunk in scatter(found, keys[batch], shards, batch, into: chunk) })
        }
        return positions
    }

    private static func shardBitCount(keyCount: Int, batchCount: Int) -> Int {
        (0..<greatestShardBitCount).first { bitCount in
            keyCount >> bitCount <= max(keyCountOfShard, keyCountOfPiece * batchCount)
        } ?? greatestShardBitCount
    }

    /// What was found for the keys of a shard.
    private struct Shard: Sendable {
        /// The first position of each, batch by batch.
        var positions: [UInt32] = []
        /// For every batch the index in `positions` after its last one.
        var ends: [Int] = []
    }

    private static func lookUp(_ keys: [ShardedKeys], shard: Int, ends: [Int], _ shardBitCount: Int) -> Shard {
        var table = KeyTable(shardBitCount: shardBitCount)
        var result = Shard()
        for (batch, keys) in keys.enumerated() {
            let range = keys.range(ofShard: shard)
            table.firstPositions(
                of: keys.keys.span.extracting(range), indices: keys.indices.span.extracting(range),
                base: UInt32(batch == 0 ? 0 : ends[batch - 1]), appendingTo: &result.positions)
            result.ends.append(result.positions.count)
        }
        return result
    }

    /// Brings what was found for the ids of a batch back into the order of its dictionaries.
    private static func scatter(
        _ found: [Shard], _ keys: ShardedKeys, _ shards: Range<Int>, _ batch: Int,
        into chunk: consuming MutableSpan<UInt32>,
    ) {
        var chunk = chunk
        for (shard, result) in zip(shards, found) {
            let start = batch == 0 ? 0 : result.ends[batch - 1]
            place(
                result.positions.span.extracting(start..<result.ends[batch]),
                at: keys.indices.span.extracting(keys.range(ofShard: shard)), in: &chunk)
        }
    }
}

private func place(_ values: Span<UInt32>, at indices: Span<UInt32>, in result: inout MutableSpan<UInt32>) {
    for index in values.indices { result[Int(indices[index])] = values[index] }
}
