package import Platform
package import Scan

/// Builds artifacts of a window of events, several kinds from one reading of what they share.
package enum WindowBuilder {
    /// One for each kind that is made from events, or for some that share a reading.
    static let builders: [any KindBuilder.Type] =
        [PopularityBuilder.self, CoocBuilder.self, UserBuilder.self]

    /// The kinds that are made from events.
    package static let kinds = Set(builders.flatMap { $0.kinds })

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
        for builder in builders {
            let wanted = builder.kinds.filter(kinds.contains)
            if wanted.isEmpty { continue }
            results += zip(wanted, try builder.build(wanted, events, parameters)).map { ($0, $1) }
        }
        return results.sorted { $0.kind < $1.kind }
    }
}
