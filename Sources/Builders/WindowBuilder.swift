package import Platform
package import Scan

/// Builds artifacts of a window of events, several kinds from one reading of what they share.
package enum WindowBuilder {
    /// The kinds that are made from events.
    package static let kinds: Set<ArtifactKind> = [.popularity, .cooc, .implicit, .sessionSeq]
    private static let userKinds: [ArtifactKind] = [.implicit, .sessionSeq]

    /// The results of `kinds`, which are kinds made from events, in the order of their names.
    ///
    /// - Parameters:
    ///   - memory: What the build may take.
    ///   - scratch: Where results are kept.
    /// - Throws: `LimitExceeded` if there is more than `limits` allows; `MemoryExceeded` if the build does not fit,
    ///   before the work starts if the footers of the partitions tell; `FormatError` if a block is damaged;
    ///   `StorageError`.
    package static func build(
        _ kinds: Set<ArtifactKind>, from scan: WindowScan, _ parameters: BuildParameters, _ limits: BuildLimits,
        memory: BuildMemory, scratch: ScratchSpace,
    ) throws -> [(kind: ArtifactKind, rows: RankedRows)] {
        let counts = WindowCounts(scan.partitions)
        for kind in kinds.sorted() { _ = try memory.plan(kind, counts, of: scan, parameters) }
        let events = try WindowEvents(scan, limits: limits, memory: memory, scratch: scratch)
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
