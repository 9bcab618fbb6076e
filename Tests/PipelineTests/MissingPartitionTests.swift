import Builders
import Events
import Ingest
import Platform
import Publishing
import SystemPackage
import TestSupport
import Testing

@testable import Pipeline

/// A window that lacks a partition which the ledger names is not computed from what is left.
@Suite struct MissingPartitionTests {
    private let world = PipelineWorld()
    private let days = ["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08"].map { ExampleDay($0) }
    private let lost = "out/canonical/demo/home/exposures/2026-01-06.rspart"

    @Test func aRunStopsBeforeIt() throws {
        try world.run(world.write([days[0], days[1], days[2]]), "2026-01-05", "2026-01-07", windowDayCount: 2)
        try world.folder.remove(lost)
        let before = world.folder.snapshot.text("out/registry/current/demo/home/manifest.json")
        let input = try world.write([days[2], days[3]])
        let error = #expect(throws: PipelineError.self) {
            try world.run(input, "2026-01-07", "2026-01-08", windowDayCount: 2)
        }
        #expect(error?.kind == .corruption)
        #expect(
            error?.message.hasSuffix("2026-01-06.rspart: this partition is missing, and the ledger names it") == true)
        #expect(world.folder.snapshot.text("out/registry/current/demo/home/manifest.json") == before)
        // A window that does not reach so far is whole, and so is every one once the day is there again.
        try world.run(input, "2026-01-08", "2026-01-08", windowDayCount: 2)
        try world.run(world.write(days), "2026-01-05", "2026-01-08", windowDayCount: 4)
    }

    /// Who replaces partitions right now has taken it out, perhaps: a retry will tell.
    @Test func whileAnIngestIsUnderWay() throws {
        try world.run(world.write(days), "2026-01-05", "2026-01-08")
        try world.folder.remove(lost)
        let pipeline = world.pipeline()
        let lock = Ingestion.lock(of: world.owner.surfaceKey, in: pipeline.layout.partitionLocks)
        try FileLock.holding([lock]) { () throws in
            #expect(
                try failureKind {
                    let window = Window.fixture("2026-01-05", "2026-01-08")
                    _ = try pipeline.stage([.popularity], of: world.owner, over: window, isDryRun: true)
                } == .conflict)
        }
    }

    @Test func aComputation() throws {
        try world.run(world.write(days), "2026-01-05", "2026-01-08")
        try world.folder.remove(lost)
        let window = Window.fixture("2026-01-05", "2026-01-08")
        #expect(
            try failureKind {
                _ = try world.pipeline().stage([.popularity], of: world.owner, over: window, isDryRun: true)
            } == .corruption)
    }

    /// What retention took out is not missing, nor what an input without events of its day removed.
    @Test func whatWasRemovedIsNotMissing() throws {
        try world.run(world.write(days), "2026-01-05", "2026-01-08")
        try world.run(world.write([days[0], days[2], days[3]]), "2026-01-05", "2026-01-08", windowDayCount: 4)
        let collection = StoreCollection(
            world.pipeline(), CollectionPolicy(graceDayCount: 0, keptVersionCount: 9), keptDayCount: 1,
            now: Timestamp(day: try #require(Day("2026-01-08")), nanosecondOfDay: 0))
        _ = try collection.collectAll(isDryRun: false, of: { _ in true }) { _, outcome in _ = try outcome.get() }
        #expect(world.folder.fileNames(containing: ".rspart").filter { !$0.contains("quarantine") }.count == 1)
        try world.run(world.write([days[3]]), "2026-01-08", "2026-01-08", windowDayCount: 4)
    }
}
