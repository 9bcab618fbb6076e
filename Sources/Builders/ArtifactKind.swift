/// The kinds of artifact there are. Raw values are the names in paths, manifests and on the command line.
package enum ArtifactKind: String, Sendable, CaseIterable, Comparable {
    /// Exposures per item, most first.
    case popularity
    /// Items that were seen in the same sessions, per item.
    case cooc
    /// Exposures per user and item.
    case implicit
    /// Tags per catalog item.
    case contentSim = "content_sim"
    /// What users went on to see, per user.
    case sessionSeq = "session_seq"

    /// Those that are made where nothing else is asked for; with a catalog `contentSim` too.
    package static let defaults: Set<ArtifactKind> = [.popularity, .cooc, .implicit, .sessionSeq]

    /// What its rows are: what it can be asked, and how it is written, follows from that.
    package var form: ArtifactForm {
        switch self {
        case .popularity: .ranking
        case .cooc: .neighbors
        case .implicit, .sessionSeq: .users
        case .contentSim: .tags
        }
    }

    /// True if a row may be empty: a user who went on to see nothing.
    package var mayHaveEmptyRows: Bool { self == .sessionSeq }

    package static func < (left: ArtifactKind, right: ArtifactKind) -> Bool {
        left.rawValue < right.rawValue
    }
}
