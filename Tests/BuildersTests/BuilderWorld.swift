import Columns
import Events
import Partitions
import Platform
import Scan
import SystemPackage
import TestSupport
import Testing

@testable import Builders

/// Some days of events, stored, and what the builders make of them.
struct BuilderWorld {
    let days: [[Exposure]]
    private let folder = TemporaryFolder()

    /// Days without events have no partition.
    init(_ days: [[Exposure]]) throws {
        self.days = days
        for (index, exposures) in days.enumerated() where !exposures.isEmpty {
            let bytes = PartitionEncoder.encode(
                ExposureColumns(exposures, seed: UInt64(index)), key: BuilderWorld.key(index), using: Zstandard())
            let path = PartitionStore(root: folder.path).path(BuilderWorld.key(index))
            try Directory.create(path.removingLastComponent())
            _ = try folder.write(bytes, as: "demo/home/exposures/\(BuilderWorld.key(index).day).rspart")
        }
    }

    /// The day of an index; a month has ended after two of them.
    private static func key(_ index: Int) -> PartitionKey {
        .fixture(day: ["2024-01-30", "2024-01-31", "2024-02-01"][index])
    }

    func scan(threadCount: Int) throws -> WindowScan {
        try WindowScan(
            store: PartitionStore(root: folder.path), surfaceKey: BuilderWorld.key(0).surfaceKey,
            window: .fixture("2024-01-30", "2024-02-01"), threadCount: threadCount)
    }

    func build(
        _ kinds: Set<ArtifactKind> = WindowBuilder.kinds, _ parameters: BuildParameters = BuildParameters(),
        _ limits: BuildLimits = BuildLimits(), threadCount: Int = 2,
        memory: BuildMemory = BuildMemory(megabyteCount: 128),
    ) throws -> [(kind: ArtifactKind, rows: RankedRows)] {
        try WindowBuilder.build(
            kinds, from: scan(threadCount: threadCount), parameters, limits, memory: memory, scratch: .memory)
    }

    /// Compares what is built with what the definitions say, at several numbers of threads.
    func check(
        _ parameters: BuildParameters = BuildParameters(), _ limits: BuildLimits = BuildLimits(),
        kinds: Set<ArtifactKind> = WindowBuilder.kinds, threadCounts: [Int] = [1, 2, 7], comment: Comment? = nil,
    ) throws {
        let oracle = BuilderOracle(days: days)
        let expected = kinds.sorted().map { oracle.rows($0, parameters, limits) }
        for threadCount in threadCounts {
            let results = try build(kinds, parameters, limits, threadCount: threadCount)
            #expect(results.map(\.kind) == kinds.sorted())
            for (result, expected) in zip(results, expected) {
                #expect(result.rows.brokenPromise == nil, comment)
                #expect(result.rows.plain == expected, comment)
            }
        }
    }
}
