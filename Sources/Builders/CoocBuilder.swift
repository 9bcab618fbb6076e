import Columns
import Scan

/// cooc: per item the items that were seen in the same sessions, by the number of these sessions, then by id.
///
/// The count of pairs is a sparse matrix product, made one row at a time: the sessions of an item, the items of each of
/// these sessions, added up in a dense array. Memory does not grow with the number of pairs.
enum CoocBuilder {
    static func build(_ events: WindowEvents, _ parameters: BuildParameters, _ limits: BuildLimits) throws -> RankedRows
    {
        guard let sessions = events.sessions else { preconditionFailure("the sessions were not asked for") }
        let itemCount = events.items.identifiers.count
        let itemsOfSessions = Adjacency(
            groups: sessions.codes, members: events.items.codes, groupCount: sessions.identifiers.count
        ).deduplicated()
        try check(itemsOfSessions, sessions.identifiers, limits, events.scan)
        let sessionsOfItems = itemsOfSessions.transposed(memberCount: itemCount)
        let slice = try RankedSlice.build(
            rowCount: itemCount, memberCount: itemCount, threadCount: events.scan.threadCount,
            work: { sessionsOfItems.ends[$0] },
            { counter, slice, item in
                for session in sessionsOfItems.range(of: item) {
                    let range = itemsOfSessions.range(of: Int(sessionsOfItems.members[session]))
                    counter.add(itemsOfSessions.members.span.extracting(range))
                }
                counter.drain(
                    into: &slice, limit: parameters.maximumNeighborsPerItem,
                    minimumCount: UInt32(clamping: parameters.minimumCoocSupport), excluding: UInt32(item))
                slice.endRow(item)
            })
        return cut(slice, sessionsOfItems, to: parameters.maximumItemsPerArtifact)
            .ranked(rowKeys: events.items.identifiers, candidates: events.items.identifiers)
    }

    private static func check(
        _ itemsOfSessions: Adjacency, _ sessions: IdentifierList, _ limits: BuildLimits, _ scan: WindowScan,
    ) throws(LimitExceeded) {
        for session in 0..<itemsOfSessions.groupCount {
            try LimitExceeded.check(
                itemsOfSessions.range(of: session).count, within: limits.maximumItemsPerSession,
                "max_items_per_session",
                "\(scan.surfaceKey), \(scan.window): distinct items of session \"\(sessions.string(at: session))\"")
        }
    }

    /// Keeps the rows of the items with the most sessions, ties by id, where there are more rows than allowed.
    private static func cut(_ slice: RankedSlice, _ sessionsOfItems: Adjacency, to limit: Int?) -> RankedSlice {
        guard let limit, slice.rows.count > limit else { return slice }
        let sessionCounts = slice.rows.map { sessionsOfItems.range(of: Int($0)).count }
        let ranking = sessionCounts.indices.sorted { (sessionCounts[$1], $0) < (sessionCounts[$0], $1) }
        return slice.selecting(ranking.prefix(limit).sorted())
    }
}
