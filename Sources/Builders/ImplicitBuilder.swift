import Scan

/// implicit: per user the items that they saw, by the number of exposures, then by id.
enum ImplicitBuilder {
    static func build(_ events: WindowEvents, _ histories: Adjacency, _ parameters: BuildParameters) throws
        -> RankedRows
    {
        try UserRanking.build(events, histories, limit: parameters.maximumItemsPerUser) { $0 }
    }
}
