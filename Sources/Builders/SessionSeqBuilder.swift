import Scan

/// session_seq: per user the items that came after another event of theirs in the window, by how often, then by id.
///
/// That is every event but the user's first. A user with a single event has an empty row.
enum SessionSeqBuilder {
    static func build(_ events: WindowEvents, _ histories: Adjacency, _ parameters: BuildParameters) throws
        -> RankedRows
    {
        try UserRanking.build(events, histories, limit: parameters.maximumItemsPerUser) { $0.dropFirst() }
    }
}
