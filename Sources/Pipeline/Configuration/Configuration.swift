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
        badRecords == .quarantine ? .quarantine(maximumRatio: maximumRejectRatio) : .fail
    }
    /// What becomes of a bad record.
    package enum BadRecords: String, CaseIterable, Sendable {
        /// It ends the run.
        case fail
        /// It is set aside.
        case quarantine
    }
    package var badRecords = BadRecords.fail
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
    package var fileAccess: FileAccess { usesMemoryMaps ? .mapped : .copied }
    package var usesMemoryMaps = true
    /// The most days that one run may cover.
    package var maximumBackfillDayCount = 3_660

    /// Where a database is, and the password to it. Nothing here uses one: who has it in a file need not take it out.
    package var database: String?
    /// Where the values came from that are not the defaults, by key.
    package internal(set) var origins: [String: SettingOrigin] = [:]

    package init() {}

    /// Keeps everything below `folder`, as a flag says.
    package mutating func setOutDirectory(_ folder: FilePath, byFlag flag: String) {
        outDirectory = folder
        origins["out_dir"] = .flag(flag)
    }

    /// Has files read by reads, not through memory maps, as a flag says.
    package mutating func avoidMemoryMaps(byFlag flag: String) {
        usesMemoryMaps = false
        origins["use_mmap"] = .flag(flag)
    }

    /// The kinds that `run` makes, ascending.
    package var effectiveArtifactKinds: [ArtifactKind] {
        let kinds = artifactKinds.map { Set($0) } ?? ArtifactKind.defaults.union(catalog == nil ? [] : [.contentSim])
        return kinds.sorted()
    }
}

/// Where the value of a setting came from.
package enum SettingOrigin: Sendable, Equatable {
    case defaults
    case file(FilePath)
    /// The name of the variable.
    case environment(String)
    case flag(String)
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
