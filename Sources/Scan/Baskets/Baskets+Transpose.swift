import Platform

extension Baskets {
    /// Hands the sessions of all items to `produce`, some items at a time on several threads, and what it made of them
    /// to `consume` in the order of the items.
    ///
    /// - Parameters:
    ///   - counts: For every item of the window the number of its sessions.
    ///   - sliceByteCount: How much memory the sessions of items may take at once, in bytes. Where all are more, the
    ///     baskets are gone through once for each slice.
    ///   - makeState: Makes what one thread reuses.
    /// - Throws: What the bodies throw.
    package func forEachItemsInOrder<State>(
        counts: [UInt32], sliceByteCount: Int, threadCount: Int, makeState: @Sendable () -> State,
        produce: @Sendable (inout State, Range<Int>, BasketIndex) throws -> Void,
        consume: (borrowing State) throws -> Void,
    ) throws {
        let total = counts.reduce(0) { $0 + Int($1) }
        let sliceCount = total * MemoryLayout<UInt32>.size / max(1, sliceByteCount) + 1
        for slice in BalancedRanges.cut(counts, in: counts.indices, pieceCount: sliceCount) {
            // Each thread makes its share of the slice.
            let shares = BalancedRanges.cut(counts, in: slice, pieceCount: threadCount)
            let indexes = try Parallel.map(count: shares.count, threadCount: threadCount) { share in
                BasketIndex(self, items: shares[share], counts: counts)
            }
            let pieces = indexes.indices.flatMap { share in
                BalancedRanges.cut(counts, in: shares[share], pieceCount: 16).map { (share: share, items: $0) }
            }
            try Parallel.forEachInOrder(
                count: pieces.count, threadCount: threadCount, makeState: makeState,
                produce: { state, index in try produce(&state, pieces[index].items, indexes[pieces[index].share]) },
                consume: consume)
        }
    }
}
