import Columns
import Platform
import Scan

/// implicit: per user the items that they saw, by the number of exposures, then by id.
///
/// session_seq: per user the items that came after another event of theirs in the window, by how often, then by id.
/// That is every event but the user's first. A user with a single event has an empty row.
///
/// Both come from one pass over the histories of the users.
enum UserBuilder: KindBuilder {
    /// The kind that leaves out the first event comes last.
    static let kinds: [ArtifactKind] = [.implicit, .sessionSeq]

    static func memoryNeed(_ counts: WindowCounts, _: BuildParameters) -> MemoryNeed { .users(counts) }

    static func shapingParameters(_ parameters: BuildParameters, _: BuildLimits) -> [ArtifactParameter?] {
        [ArtifactParameter("max_items_per_user", parameters.maximumItemsPerUser)]
    }

    static func build(
        _ kinds: [ArtifactKind], _ events: WindowEvents, _ parameters: BuildParameters,
    ) throws -> [RankedRows] {
        let histories = try events.histories()
        var counts = events.counts
        counts.userCount = histories.users.count
        let plan = try events.memory.plan(kinds[0], counts, of: events.scan, parameters)
        var spools = kinds.map { _ in RankedRowsSpool(values: .counts, scratch: events.scratch) }
        try histories.forEachInOrder(
            sliceByteCount: plan.sliceByteCount, threadCount: plan.threadCount,
            makeState: {
                UserRanker(kinds, itemCount: events.items.count, limit: parameters.maximumItemsPerUser)
            },
            produce: { ranker, histories in ranker.rank(histories) },
            consume: { ranker in
                for index in spools.indices { try spools[index].append(ranker.slices[index]) }
            })
        return try spools.indices.map { index in
            try spools[index].finish(rowKeys: histories.users.identifiers, candidates: events.items.identifiers)
        }
    }
}

/// Ranks the items of users. One per thread.
private struct UserRanker {
    /// What was made of the latest histories, for each kind.
    private(set) var slices: [RankedSlice]
    private let kinds: [ArtifactKind]
    private let limit: Int
    private var counter: HistoryCounter

    init(_ kinds: [ArtifactKind], itemCount: Int, limit: Int) {
        slices = kinds.map { _ in RankedSlice() }
        self.kinds = kinds
        self.limit = limit
        counter = HistoryCounter(itemCount: itemCount)
    }

    mutating func rank(_ histories: Histories) {
        for index in slices.indices { slices[index].removeAll() }
        for user in histories.users {
            let range = histories.range(ofUser: user)
            counter.count(histories.items.span.extracting(range))
            for index in kinds.indices {
                // The kind that leaves out the first event comes last.
                if kinds[index] == .sessionSeq { counter.uncount(histories.items[range.lowerBound]) }
                counter.rank(limit: limit, into: &slices[index])
                slices[index].endRow(user, keepingEmpty: true)
            }
            counter.clear()
        }
    }
}
