package import Platform
package import Scan

/// Builds artifacts of a window of events, several kinds from one reading of what they share.
package enum WindowBuilder {
    /// The kinds that are made from events.
    package static let kinds: Set<ArtifactKind> = [.popularity, .cooc, .implicit, .sessionSeq]
    private static let userKinds: [ArtifactKind] = [.implicit, .sessionSeq]

    /// The results of `kinds`, which are kinds made from events, in the order of their names.
    ///
    /// - Parameter scratch: Where results are kept.
    /// - Throws: `LimitExceeded` if there is more than `limits` allows; `FormatError` if a block is damaged;
    ///   `StorageError`.
    package static func build(
        _ kinds: Set<ArtifactKind>, from scan: WindowScan, _ parameters: BuildParameters, _ limits: BuildLimits,
        scratch: ScratchSpace,
    ) throws -> [(kind: ArtifactKind, rows: RankedRows)] {
        let events = try WindowEvents(scan, limits: limits, scratch: scratch)
        var results: [(kind: ArtifactKind, rows: RankedRows)] = []
        if kinds.contains(.popularity) {
            results.append((.popularity, try PopularityBuilder.build(events, parameters)))
        }
        if kinds.contains(.cooc) { results.append((.cooc, try CoocBuilder.build(events, parameters))) }
        let userKinds = userKinds.filter(kinds.contains)
        if !userKinds.isEmpty {
            let rows = try UserBuilder.build(userKinds, events, parameters)
            results += zip(userKinds, rows).map { ($0, $1) }
        }
        return results.sorted { $0.kind < $1.kind }
    }
}
