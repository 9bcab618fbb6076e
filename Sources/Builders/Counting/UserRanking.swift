import Columns
import Scan

/// Per user a ranking of items by how often they occur in a part of the user's history.
enum UserRanking {
    /// - Parameter part: The part of a history that counts. A user of whom nothing counts has an empty row.
    static func build(
        _ events: WindowEvents, _ histories: Adjacency, limit: Int, part: @Sendable (Range<Int>) -> Range<Int>,
    ) throws -> RankedRows {
        guard let users = events.users else { preconditionFailure("the users were not asked for") }
        let slice = try RankedSlice.build(
            rowCount: histories.groupCount, memberCount: events.items.identifiers.count,
            threadCount: events.scan.threadCount, work: { histories.ends[$0] },
            { counter, slice, user in
                let history = histories.range(of: user)
                counter.add(histories.members.span.extracting(part(history)))
                counter.drain(into: &slice, limit: limit)
                slice.endRow(user, keepingEmpty: !history.isEmpty)
            })
        return slice.ranked(rowKeys: users.identifiers, candidates: events.items.identifiers)
    }
}
