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

    package static func < (left: ArtifactKind, right: ArtifactKind) -> Bool {
        left.rawValue < right.rawValue
    }
}
