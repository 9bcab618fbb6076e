package import Scan

/// Builds artifacts of a window of events, several kinds from one reading of the columns.
package enum WindowBuilder {
    /// The kinds that are made from events.
    package static let kinds: Set<ArtifactKind> = [.popularity, .cooc, .implicit, .sessionSeq]

    /// The results of `kinds`, which are kinds made from events, in the order of their names.
    ///
    /// - Throws: `LimitExceeded` if there is more than `limits` allows; `FormatError` if a block is damaged.
    package static func build(
        _ kinds: Set<ArtifactKind>, from scan: WindowScan, _ parameters: BuildParameters, _ limits: BuildLimits,
    ) throws -> [(kind: ArtifactKind, rows: RankedRows)] {
        let events = try WindowEvents(scan, for: kinds, limits: limits)
        let histories = events.users == nil ? nil : events.userHistories()
        return try kinds.sorted().map { kind in
            switch (kind, histories) {
            case (.popularity, _): (kind, try PopularityBuilder.build(events, parameters))
            case (.cooc, _): (kind, try CoocBuilder.build(events, parameters, limits))
            case (.implicit, let histories?): (kind, try ImplicitBuilder.build(events, histories, parameters))
            case (.sessionSeq, let histories?): (kind, try SessionSeqBuilder.build(events, histories, parameters))
            default: preconditionFailure("\(kind.rawValue) is not made from events")
            }
        }
    }
}
