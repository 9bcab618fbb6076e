import Artifacts
package import Builders
package import Publishing

/// Why an item is among the neighbours of another one in a published cooc artifact, or is not.
package struct NeighborExplanation: Sendable {
    /// Where the artifact has the neighbour.
    package struct Place: Sendable, Equatable {
        /// From 1.
        package let rank: Int
        package let score: Double
    }

    /// Why an artifact does not have a neighbour. Raw values are the words in results.
    package enum Reason: String, Sendable {
        case itemNotInWindow = "item_not_in_window"
        case neighborNotInWindow = "neighbor_not_in_window"
        case noSessionWithBoth = "no_session_with_both"
        /// Sessions have both, all of them dropped, or cut before the one or the other.
        case oversizedSessions = "oversized_sessions"
        case belowSupport = "below_min_cooc_support"
        case noPositiveAssociation = "no_positive_association"
        /// The item has no row at all: others have more sessions.
        case rowIsCut = "cut_by_max_items_per_artifact"
        /// Others rank before it.
        case isCut = "cut_by_max_neighbors_per_item"
        /// By the counts it would be there: the artifact was made of other events.
        case eventsAreOthers = "events_have_changed"
    }

    /// A partition that is not the one that the artifact was made from.
    package struct SourceChange: Sendable, Equatable {
        /// What became of it. Raw values are the words in results.
        package enum Change: String, Sendable {
            /// It holds other events now.
            case changed
            /// It is not there any more.
            case missing
            /// It was not there.
            case new
        }

        /// `YYYY-MM-DD`.
        package let day: String
        package let change: Change
    }

    package let item: String
    package let neighbor: String
    package let record: ArtifactRecord
    package let parameters: [ArtifactParameter]
    /// What the parameters say to a builder, with the defaults for what they do not say.
    package let build: BuildParameters
    /// How many neighbours the artifact has of the item; nil if it has no row of it.
    package let listLength: Int?
    /// Nil if the artifact does not have the neighbour.
    package let place: Place?
    /// Counted anew, of the events as they are now.
    package let counts: PairExplanation
    /// By day; none if the events are those that the artifact was made of.
    package let changes: [SourceChange]

    /// Why the artifact does not have the neighbour; nil if it does.
    package var reason: Reason? {
        if place != nil { return nil }
        switch counts.standing {
        case .itemIsUnknown: return .itemNotInWindow
        case .neighborIsUnknown: return .neighborNotInWindow
        case .apart: return counts.oversizedCount > 0 ? .oversizedSessions : .noSessionWithBoth
        case .belowSupport: return .belowSupport
        case .notAssociated: return .noPositiveAssociation
        case .ranked(let rank, _):
            if listLength == nil, build.maximumItemsPerArtifact != nil { return .rowIsCut }
            return rank > build.maximumNeighborsPerItem ? .isCut : .eventsAreOthers
        }
    }
}
