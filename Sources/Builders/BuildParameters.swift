/// What shapes the results: how long the lists of an artifact are, and by what they are ranked.
package struct BuildParameters: Sendable, Equatable {
    /// Nil for the default: the 1,000 most popular items, and all rows of cooc.
    package var maximumItemsPerArtifact: Int?
    package var maximumNeighborsPerItem = 50
    /// Neighbours with fewer sessions in common are left out, whatever the score; sessions count one each.
    package var minimumCoocSupport = 1
    package var maximumItemsPerUser = 500
    package var coocScore = CoocScore.count
    package var popularityUnit = PopularityUnit.events
    /// After how many days an exposure is worth half in popularity, more than 0; nil for never. Only of unit `events`.
    package var popularityHalfLifeDayCount: Double?

    package static let defaultPopularityItemCount = 1000

    /// How many items popularity has at most.
    var popularityItemCount: Int { maximumItemsPerArtifact ?? BuildParameters.defaultPopularityItemCount }

    package init() {}
}
