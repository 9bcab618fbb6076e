import Columns
import Platform
import Scan

/// implicit: per user the items that they saw, by the number of exposures, then by id.
///
/// session_seq: per user the items that came after another event of theirs in the window, by how often, then by id.
/// That is every event but the user's first. A user with a single event has an empty row.
///
/// Both come from one pass over the histories of the users.
enum UserBuilder {
    /// The results of the kinds asked for, in their order.
    static func build(
        _ kinds: [ArtifactKind], _ events: WindowEvents, _ parameters: BuildParameters,
    ) throws -> [RankedRows] {
        let users = try events.users()
        let rows = try UserRows(events.scan, users)
        let counts = rows.counts(users)
        var spools = kinds.map { _ in RankedRowsSpool(values: .counts, scratch: events.scratch) }
        let all = try HistorySlice(
            events.scan, rows, users: 0..<users.count, items: events.items, userCodes: users)
        let pieces = BalancedRanges.cut(counts, pieceCount: events.scan.threadCount * 16)
        try Parallel.forEachInOrder(
            count: pieces.count, threadCount: events.scan.threadCount,
            makeState: { Worker(kinds: kinds, itemCount: events.items.count, limit: parameters.maximumItemsPerUser) },
            produce: { worker, index in worker.rank(pieces[index], of: all) },
            consume: { worker in
                for index in spools.indices { try spools[index].append(worker.slices[index]) }
            })
        return try spools.indices.map { index in
            try spools[index].finish(rowKeys: users.identifiers, candidates: events.items.identifiers)
        }
    }

    /// What a thread needs to rank the items of users.
    private struct Worker {
        let kinds: [ArtifactKind]
        let limit: Int
        var slices: [RankedSlice]
        private var counter: HistoryCounter
        private var histories = Histories()

        init(kinds: [ArtifactKind], itemCount: Int, limit: Int) {
            self.kinds = kinds
            self.limit = limit
            slices = kinds.map { _ in RankedSlice() }
            counter = HistoryCounter(itemCount: itemCount)
        }

        mutating func rank(_ users: Range<Int>, of slice: HistorySlice) {
            for index in slices.indices { slices[index].removeAll() }
            slice.gather(users, into: &histories)
            let histories = histories
            for user in users {
                let range = histories.range(ofUser: user)
                counter.count(histories.items.span.extracting(range))
                var isFirstCounted = true
                for index in kinds.indices {
                    if kinds[index] == .sessionSeq, isFirstCounted {
                        counter.uncount(histories.items[range.lowerBound])
                        isFirstCounted = false
                    }
                    counter.rank(limit: limit, into: &slices[index])
                    slices[index].endRow(user, keepingEmpty: true)
                }
                counter.clear()
            }
        }
    }
}
