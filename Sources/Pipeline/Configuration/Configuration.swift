package import Builders
package import Ingest
package import Platform
package import Publishing
package import SystemPackage

/// Everything that a run can be told, with defaults that fit a laptop.
package struct Configuration: Sendable {
    /// The folder below which everything is kept.
    package var outDirectory: FilePath = ".out"
    /// Where `run` looks for events when it is given none; below `outDirectory` unless set. Likewise the others.
    package var rawEventsDirectory: FilePath?
    package var canonicalDirectory: FilePath?
    package var checkpointDirectory: FilePath?
    package var artifactsDirectory: FilePath?
    package var objectStoreDirectory: FilePath?
    package var registryDirectory: FilePath?
    /// The kinds that `run` makes; nil for those made from events and, with a catalog, content_sim.
    package var artifactKinds: [ArtifactKind]?
    package var artifactFormat = ArtifactFileFormat.rsart
    /// The catalog of content_sim.
    package var catalog: FilePath?
    /// True if a field that the event contract does not know makes a record bad.
    package var isStrictSchema = false
    package var rejectPolicy: RejectPolicy {
        isQuarantining ? .quarantine(maximumRatio: maximumRejectRatio) : .fail
    }
    /// True if bad records are set aside; false if one ends the run.
    package var isQuarantining = false
    /// The share of all records, from 0 to 1, that may be set aside.
    package var maximumRejectRatio = 0.01
    /// The most bytes of a line, its newline not counted; a longer one is a bad record.
    package var maximumLineByteCount = 1 << 20
    package var limits = BuildLimits()
    /// The most memory that an ingest takes, in megabytes of 1,000,000 bytes.
    package var maximumMegabyteCount = MemoryBudget.defaultMegabyteCount
    package var parameters = BuildParameters()
    /// What is done about the gates whose rules are not the defaults.
    package var gateRules: [Gate: GateRule] = [:]
    /// How partitions and artifacts are read.
    package var fileAccess = FileAccess.mapped
    /// The most days that one run may cover.
    package var maximumBackfillDayCount = 3_660

    package init() {}

    /// The kinds that `run` makes, ascending.
    package var effectiveArtifactKinds: [ArtifactKind] {
        let kinds = artifactKinds.map { Set($0) } ?? WindowBuilder.kinds.union(catalog == nil ? [] : [.contentSim])
        return kinds.sorted()
    }
}

/// A configuration that cannot be used.
package struct ConfigurationError: Failure {
    /// The file, or the environment variable.
    package let place: String
    package let reason: String
    package let remedy: String?

    package var kind: FailureKind { .usage }
    package var message: String { "\(place): \(reason)" }
}
