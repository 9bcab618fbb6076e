import Artifacts
import Builders
import Columns
import Events
import Partitions
import Platform
import Scan
import SystemPackage
import TestSupport

/// What must hold of every file that is read as a partition of the store.
///
/// A merge that adds nothing gives the same events in the bytes that the encoder makes of them; and what is built of
/// the partition as a window is an artifact that can be read, whose counts are those of the events.
enum WindowJudge {
    static func judge(_ input: [UInt8], in folder: TrialFolder) throws -> Bool {
        let file = try folder.open(input, as: "trial.rspart")
        guard let reader = try Outcome({ try PartitionReader(file) }).value else { return false }
        let zstandard = Zstandard()
        let columns = try Outcome { try reader.columns(using: zstandard) }.value
        guard reader.rowCount <= PartitionJudge.maximumRowCount else { return columns != nil }
        let key = reader.statistics.key
        let store = try StoredTrial(input, key, in: folder)
        try judgeMerge(columns, key, store, using: zstandard)
        try judgeBuild(columns, key, store, using: zstandard)
        return columns != nil
    }

    private static func judgeMerge(
        _ columns: ExposureColumns?, _ key: PartitionKey, _ trial: StoredTrial, using zstandard: Zstandard,
    ) throws {
        let merged = try Outcome {
            try trial.store.beginChange(isDryRun: true).replace(
                key, withRuns: [], isKeepingStored: true, in: trial.folder.path, using: zstandard)
        }
        guard let columns else { return }
        guard let prepared = merged.value else { throw Finding("not to be merged: \(merged.refusal ?? "")") }
        try check(prepared.rowCount == columns.count, "a merge that adds nothing changes the number of events")
        guard columns.usesAllIdentifiers else { return }
        let encoded = PartitionEncoder.encode(columns, key: key, using: zstandard)
        try check(
            prepared.digest == SHA256Digest(of: encoded.rawSpan), "a merge that adds nothing makes other bytes")
    }

    private static func judgeBuild(
        _ columns: ExposureColumns?, _ key: PartitionKey, _ trial: StoredTrial, using zstandard: Zstandard,
    ) throws {
        let window = Window.fixture(key.day.description)
        // A build may be refused for its size, too.
        let built = try Outcome(refusals: [.corruption, .refused]) {
            let scan = try WindowScan(
                store: trial.store, surfaceKey: key.surfaceKey, window: window, threadCount: 1)
            return try WindowBuilder.build(
                WindowBuilder.kinds, from: scan, BuildParameters(), BuildLimits(),
                memory: BuildMemory(megabyteCount: 256), scratch: .memory)
        }
        guard let columns, columns.usesAllIdentifiers else { return }
        guard let results = built.value else { throw Finding("not to be built of: \(built.refusal ?? "")") }
        for (kind, rows) in results {
            let artifact = Artifact(
                ArtifactKey(SegmentKey(key.surfaceKey), kind, window), rows: rows, parameters: BuildParameters())
            let file = try trial.folder.open(try artifact.fileBytes, as: "built.rsart")
            try check(try ArtifactDecoder.decode(file) == artifact, "what is built is read as something else")
            if kind == .popularity { try judge(rows, columns) }
        }
    }

    /// Counts again.
    private static func judge(_ popularity: RankedRows, _ columns: ExposureColumns) throws {
        var counts: [[UInt8]: UInt32] = [:]
        for event in columns.exposures { counts[Array(event.item.utf8), default: 0] += 1 }
        let limit = BuildParameters.defaultPopularityItemCount
        for row in popularity.exampleRows {
            try check(row.entries.count == min(counts.count, limit), "popularity has not all items")
            for entry in row.entries {
                try check(counts[Array(entry.id.utf8)] == entry.count, "popularity is miscounted")
            }
        }
        try check(popularity.rowCount == (counts.isEmpty ? 0 : 1), "popularity has not one row")
    }
}

/// A store that has one partition.
private struct StoredTrial {
    let folder: TrialFolder
    let store: PartitionStore

    init(_ input: [UInt8], _ key: PartitionKey, in folder: TrialFolder) throws {
        self.folder = folder
        store = PartitionStore(root: folder.path.appending("store"))
        let path = store.path(key)
        try Directory.create(path.removingLastComponent())
        try folder.write(input, at: path)
    }
}
