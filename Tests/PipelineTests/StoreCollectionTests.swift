import Builders
import Events
import Foundation
import Ingest
import Platform
import Publishing
import SystemPackage
import TestSupport
import Testing

@testable import Pipeline

/// Garbage collection over a whole store: what it leaves verifies, and what was never finished is gone.
@Suite struct StoreCollectionTests {
    private let verified: VerifiedWorld
    private var world: PipelineWorld { verified.world }
    private let everything = CollectionPolicy(graceDayCount: 0, keptVersionCount: 0)
    /// When all that the test has written is old.
    private let later = Timestamp(secondsSinceEpoch: WallClock.secondsSinceEpoch + 10 * 86_400)

    init() throws { verified = try VerifiedWorld() }

    private func collect(
        _ policy: CollectionPolicy, keptDayCount: Int? = nil, now: Timestamp? = nil, isDryRun: Bool = false,
    ) throws -> [StoreCollection.SurfaceGarbage] {
        let collection = StoreCollection(world.pipeline(), policy, keptDayCount: keptDayCount, now: now ?? later)
        var garbage: [StoreCollection.SurfaceGarbage] = []
        _ = try collection.collectAll(isDryRun: isDryRun, of: { _ in true }) { garbage.append(try $1.get()) }
        return garbage
    }

    @Test func theStoreVerifiesAfterwards() throws {
        let garbage = try collect(everything)
        #expect(garbage.map(\.artifacts.records.count) == [4])
        let report = try verified.report(.deep)
        #expect(report.problems.isEmpty)
        #expect(report.counts.contains { $0.role == "collection log" && $0.fileCount == 1 })
        #expect(try collect(everything).allSatisfy { $0.artifacts.isEmpty && $0.partitions.days.isEmpty })
    }

    /// What was lost is not what was collected.
    @Test func aRecordThatIsMissingForAnotherReasonIsStillNamed() throws {
        _ = try collect(everything)
        try world.folder.remove(try verified.file("registry/collected/"))
        #expect(verified.problems(try verified.report(.quick)) == ["out/registry/history/demo/home/00000001.json"])
    }

    @Test func oldPartitionsGoByTheDayThatItIs() throws {
        let now = Timestamp(day: try #require(Day("2026-01-10")), nanosecondOfDay: 0)
        let policy = CollectionPolicy(graceDayCount: 7, keptVersionCount: 9)
        #expect(try collect(policy, keptDayCount: 10, now: now).map(\.partitions.days.count) == [0])
        let expected = ["2026-01-01"]
        for isDryRun in [true, false] {
            let before = world.folder.snapshot
            let garbage = try collect(policy, keptDayCount: 9, now: now, isDryRun: isDryRun)
            #expect(garbage.map { $0.partitions.days.map(\.description) } == [expected])
            #expect(garbage[0].partitions.byteCount > 0)
            if isDryRun { #expect(world.folder.snapshot.changes(since: before) == []) }
        }
        #expect(
            world.folder.fileNames(containing: "out/canonical/demo") == [
                "out/canonical/demo/home/exposures/2026-01-02.rspart"
            ])
        #expect(world.folder.fileNames(containing: "canonical/.quarantine").count == 1)
        #expect(try verified.report(.deep).problems.isEmpty)
        let entries = try world.pipeline().layout.ledger.contents(of: world.owner.surfaceKey).entries
        #expect(entries.map(\.mode) == ["replace", "retention"])
        #expect(entries.last?.removed == expected)
        // Ingested again it is there again, and nobody calls it a ghost.
        try world.run(world.write([ExampleDay("2026-01-01")], as: "again.jsonl"), "2026-01-01", "2026-01-01")
        #expect(try verified.report(.deep).problems.isEmpty)
    }

    @Test func whoeverIngestsKeepsTheRetentionOut() throws {
        let now = Timestamp(day: try #require(Day("2026-02-01")), nanosecondOfDay: 0)
        let lock = Ingestion.lock(of: world.owner.surfaceKey, in: world.pipeline().layout.partitionLocks)
        _ = try FileLock.holding([lock]) { () throws in
            #expect(throws: LockHeldError.self) { try collect(everything, keptDayCount: 1, now: now) }
        }
        #expect(world.folder.fileNames(containing: "out/canonical/demo").count == 2)
    }

    /// One could delete what the other is taking out.
    @Test func twoCollectionsAtOnce() throws {
        let lock = world.pipeline().layout.publishingLocks.root.appending("collection.lock")
        _ = try FileLock.holding([FileLock.Request(lock)]) { () throws in
            #expect(throws: LockHeldError.self) { try collect(everything) }
            #expect(try collect(everything, isDryRun: true).map(\.artifacts.records.count) == [4])
        }
    }

    /// A process that is killed between the two leaves it.
    @Test func aNoteWithoutItsArtifactGoes() throws {
        let note = try verified.file("artifacts", StagingArea.noteSuffix)
        let artifact = note.replacing(StagingArea.noteSuffix, with: ".rsart")
        try world.folder.remove(artifact)
        #expect(try verified.report(.deep).problems.isEmpty)
        #expect(try collect(everything).map(\.unfinishedStaged.count) == [1])
        #expect(!verified.names.contains(note))
        // One with its artifact stays.
        #expect(verified.names.filter { $0.hasPrefix("out/artifacts/") }.count == 2)
    }

    @Test func whatWasNeverFinishedGoes() throws {
        let names = [
            "canonical/demo/home/exposures", "ledger/demo/home", "artifacts/demo/home/vip/cooc/2026-01-01_2026-01-02",
            "objectstore/demo/home/cooc", "checkpoints/demo/home", "registry/current/demo/home", "runs/demo/home",
        ].map { "out/\($0)/\(AtomicFile.temporaryPrefix)1-x" }
        for name in names + ["out/scratch/killed/run"] { try world.folder.write("half", as: name) }
        let garbage = try collect(everything, isDryRun: true)
        #expect(garbage.map(\.unfinishedCount) == [names.count])
        #expect(world.folder.fileNames(containing: AtomicFile.temporaryPrefix).count == names.count)
        _ = try collect(everything)
        #expect(world.folder.fileNames(containing: AtomicFile.temporaryPrefix) == [])
        #expect(world.folder.fileNames(containing: "scratch") == [])
        #expect(try verified.report(.deep).problems.isEmpty)
    }
}
