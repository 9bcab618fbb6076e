import Scan

/// Makes artifacts of a kind, or of some kinds that share a reading, from the events of a window.
protocol KindBuilder: SendableMetatype {
    /// What it makes.
    static var kinds: [ArtifactKind] { get }

    /// What memory it takes of a window with such counts.
    static func memoryNeed(_ counts: WindowCounts, _ parameters: BuildParameters) -> MemoryNeed

    /// What of the settings shapes its results; nil for what has its default and so must leave no trace.
    static func shapingParameters(_ parameters: BuildParameters, _ limits: BuildLimits) -> [ArtifactParameter?]

    /// The results of some of its kinds, at least one, in the order of `kinds`.
    static func build(
        _ kinds: [ArtifactKind], _ events: WindowEvents, _ parameters: BuildParameters,
    ) throws -> [RankedRows]
}
