/// A check that stands before publishing: it measures one number and holds it against a threshold.
package enum Gate: String, CaseIterable, Sendable {
    /// Events of the day.
    case minEvents = "min_events"
    case maxEvents = "max_events"
    /// Distinct items and sessions of the day.
    case maxDistinctItems = "max_distinct_items"
    case maxSessions = "max_sessions"
    /// Events of the day by the median of the seven days before it.
    case minEventsToMedian = "min_events_to_median"
    case maxEventsToMedian = "max_events_to_median"
    /// The share of the day's events that its most frequent item has.
    case maxItemShare = "max_item_share"
    /// Hours from the day's latest event to its end: a feed that stopped.
    case maxLatestEventAge = "max_latest_event_age_hours"
    /// The share of the records that the ingest of the day set aside as bad.
    case maxRejectRatio = "max_reject_ratio"
    /// The share of the events that the ingest of the day skipped, being of days outside its window.
    case maxOutOfWindowRatio = "max_out_of_window_ratio"
    /// The share of the current version's rows that the new one has, too.
    case minCoverage = "min_coverage"
    /// The mean overlap at 10 of the rows that both versions have.
    case minOverlap = "min_overlap"
    /// Bytes of the new version by those of the current one.
    case minSizeRatio = "min_size_ratio"
    case maxSizeRatio = "max_size_ratio"

    /// What is measured.
    package enum Subject: Sendable {
        /// The events of a day.
        case day
        /// An artifact, against the current version of its kind.
        case artifact
    }

    package var subject: Subject {
        switch self {
        case .minCoverage, .minOverlap, .minSizeRatio, .maxSizeRatio: .artifact
        default: .day
        }
    }

    /// True if the threshold is the least that passes; false if it is the most.
    var isLowerBound: Bool { rawValue.hasPrefix("min_") }

    /// True for what cannot be above 1.
    var isShare: Bool {
        switch self {
        case .maxItemShare, .maxRejectRatio, .maxOutOfWindowRatio, .minCoverage, .minOverlap: true
        default: false
        }
    }

    /// What the number is, in words that follow it.
    var unit: String {
        switch self {
        case .minEvents, .maxEvents: "events"
        case .maxDistinctItems: "distinct items"
        case .maxSessions: "sessions"
        case .minEventsToMedian, .maxEventsToMedian: "times the median of the seven days before"
        case .maxItemShare: "of all events are of one item"
        case .maxLatestEventAge: "hours from the latest event to the end of the day"
        case .maxRejectRatio: "of the records were set aside as bad"
        case .maxOutOfWindowRatio: "of the events are of other days"
        case .minCoverage: "of the current version's rows are in it"
        case .minOverlap: "is the mean overlap at 10 with the current version"
        case .minSizeRatio, .maxSizeRatio: "times the size of the current version"
        }
    }

    /// What to look at when it does not pass.
    var advice: String {
        switch self {
        case .minEvents, .minEventsToMedian, .maxLatestEventAge: "look whether the input of that day is complete"
        case .maxEvents, .maxEventsToMedian, .maxSessions: "look for events that were sent twice, and for crawlers"
        case .maxDistinctItems, .maxItemShare: "look at the item ids of that day: recsys-dump rows shows them"
        case .maxRejectRatio: "look at the reasons in the folder of rejects"
        case .maxOutOfWindowRatio: "look whether the input is of the days that were asked for"
        case .minCoverage, .minOverlap, .minSizeRatio, .maxSizeRatio:
            "compute it, and look at the file that is staged: recsys-dump shows what is in it"
        }
    }

    /// What holds where nothing is configured.
    package var defaultRule: GateRule {
        switch self {
        case .minEvents: GateRule(.warn, 1)
        case .maxEvents: GateRule(.off, 100_000_000)
        case .maxDistinctItems: GateRule(.off, 1_000_000)
        case .maxSessions: GateRule(.off, 10_000_000)
        case .minEventsToMedian: GateRule(.warn, 0.2)
        case .maxEventsToMedian: GateRule(.warn, 5)
        case .maxItemShare: GateRule(.warn, 0.5)
        case .maxLatestEventAge: GateRule(.warn, 12)
        case .maxRejectRatio: GateRule(.warn, 0.001)
        case .maxOutOfWindowRatio: GateRule(.off, 0.01)
        case .minCoverage: GateRule(.off, 0.5)
        case .minOverlap: GateRule(.off, 0.1)
        case .minSizeRatio: GateRule(.off, 0.5)
        case .maxSizeRatio: GateRule(.off, 2)
        }
    }
}
