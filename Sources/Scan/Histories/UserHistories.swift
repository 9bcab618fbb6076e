import Platform

/// The histories of the users of a window, read slice by slice.
package struct UserHistories: Sendable {
    /// The users, in the order of their ids.
    package let users: WindowDictionary
    private let scan: WindowScan
    private let items: WindowDictionary
    private let rows: UserRows
    /// For every user their number of rows.
    private let counts: [UInt32]

    /// - Throws: `FormatError` if a block is damaged or the users, or the rows, are out of order.
    package init(_ scan: WindowScan, users: WindowDictionary, items: WindowDictionary) throws {
        self.users = users
        self.scan = scan
        self.items = items
        rows = try UserRows(scan, users)
        counts = rows.counts(users)
    }

    /// Hands the histories of all users to `produce`, some users at a time on several threads, and what it made of them
    /// to `consume` in the order of the users.
    ///
    /// - Parameters:
    ///   - sliceByteCount: How much memory the rows may take that are read at once, in bytes. Where all are more, the
    ///     blocks that hold the last of one slice and the first of the next are read twice.
    ///   - makeState: Makes what one thread reuses.
    /// - Throws: `FormatError` if a block is damaged; what the bodies throw.
    package func forEachInOrder<State>(
        sliceByteCount: Int, threadCount: Int, makeState: @Sendable () -> State,
        produce: @Sendable (inout State, Histories) throws -> Void, consume: (borrowing State) throws -> Void,
    ) throws {
        let rowCount = counts.reduce(0) { $0 + Int($1) }
        let sliceCount = rowCount * MemoryLayout<UInt32>.size / max(1, sliceByteCount) + 1
        for slice in BalancedRanges.cut(counts, in: counts.indices, pieceCount: sliceCount) {
            let read = try HistorySlice(scan, rows, users: slice, items: items, userCodes: users)
            let pieces = BalancedRanges.cut(counts, in: slice, pieceCount: threadCount * 16)
            try Parallel.forEachInOrder(
                count: pieces.count, threadCount: threadCount,
                makeState: { (histories: Histories(), state: makeState()) },
                produce: { both, index in
                    read.gather(pieces[index], into: &both.histories)
                    try produce(&both.state, both.histories)
                },
                consume: { both in try consume(both.state) })
        }
    }
}
