import Artifacts
import Builders
import Events
import Ingest
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Pipeline

/// A run that cannot be done says why, and what is current stays current.
@Suite struct DailyRunRefusalTests {
    private var world = PipelineWorld()
    private let days = [ExampleDay("2026-01-05"), ExampleDay("2026-01-07")]

    @Test func moreDaysThanAllowed() throws {
        var world = world
        world.configuration.maximumBackfillDayCount = 2
        let input = try world.write(days)
        let before = world.folder.snapshot
        let error = #expect(throws: PipelineError.self) { try world.run(input, "2026-01-05", "2026-01-07") }
        #expect(error?.kind == .refused)
        #expect(error?.message == "2026-01-05 to 2026-01-07 is 3 days, limits.max_days_backfill allows 2")
        #expect(world.folder.snapshot.changes(since: before) == [])
        #expect(try world.run(input, "2026-01-06", "2026-01-07").count == 2)
    }

    @Test func noEvents() throws {
        let error = #expect(throws: IngestError.self) {
            try world.run(world.write(days), "2026-02-01", "2026-02-02")
        }
        #expect(error?.kind == .notFound)
        #expect(error?.message.hasPrefix("demo/home: the input has no events of 2026-02-01 to 2026-02-02") == true)
        #expect(world.folder.fileNames(containing: "registry") == [])
        #expect(world.folder.fileNames(containing: "checkpoint") == [])
    }

    /// The days before the one that fails are published.
    @Test func aDayThatFailsHidesNoneBeforeIt() throws {
        var world = world
        world.configuration.limits.maximumItemsPerSession = 3
        let input = try world.write([ExampleDay("2026-01-05", count: 2), ExampleDay("2026-01-06", count: 59)])
        #expect(try failureKind { try world.run(input, "2026-01-05", "2026-01-06") } == .refused)
        #expect(try world.current(.popularity).key.window == .fixture("2026-01-05"))
    }

    @Test func contentSimWithoutACatalogReplacesNothing() throws {
        var world = world
        world.configuration.artifactKinds = [.contentSim]
        let input = try world.write(days)
        let before = world.folder.snapshot
        #expect(try failureKind { try world.run(input, "2026-01-05", "2026-01-07") } == .usage)
        #expect(world.folder.snapshot.changes(since: before) == [])
    }

    @Test func aDryRunChangesNothing() throws {
        let input = try world.write(days)
        let empty = world.folder.snapshot
        #expect(try world.run(input, "2026-01-05", "2026-01-07", isDryRun: true).isEmpty)
        #expect(world.folder.snapshot.changes(since: empty) == [])
        try world.run(input, "2026-01-05", "2026-01-07")
        let late = try world.write([ExampleDay("2026-01-06")], as: "late.jsonl")
        let before = world.folder.snapshot
        try world.run(late, "2026-01-05", "2026-01-07", isDryRun: true)
        #expect(world.folder.snapshot.changes(since: before) == [])
    }

    @Test func badRecordsReplaceNothing() throws {
        try world.run(world.write(days), "2026-01-05", "2026-01-07")
        let before = world.folder.snapshot
        try world.folder.write("{\"v\":2}\n", as: "bad.jsonl")
        let bad = InputSource.file(world.folder.path.appending("bad.jsonl"))
        #expect(try failureKind { try world.run(bad, "2026-01-05", "2026-01-07") } == .badInput)
        #expect(world.folder.snapshot.differences(from: before) == ["bad.jsonl"])
    }

    @Test func aLimitThatIsMetPublishesNothing() throws {
        var world = world
        world.configuration.limits.maximumItemCount = 3
        #expect(try failureKind { try world.run(world.write(days), "2026-01-05", "2026-01-07") } == .refused)
        #expect(world.folder.fileNames(containing: "registry") == [])
    }

    @Test func aKindThatNeedsACatalog() throws {
        var world = world
        world.configuration.artifactKinds = [.contentSim]
        #expect(try failureKind { try world.run(world.write(days), "2026-01-05", "2026-01-07") } == .usage)
    }

    @Test func somebodyElsePublishes() throws {
        try world.run(world.write(days), "2026-01-05", "2026-01-05")
        let lock = world.folder.path.appending("out/locks/demo/home/publish.lock")
        let manifest = "out/registry/current/demo/home/manifest.json"
        let before = world.folder.snapshot.text(manifest)
        try FileLock.holding([FileLock.Request(lock)]) { () throws in
            #expect(try failureKind { try world.run(world.write(days), "2026-01-07", "2026-01-07") } == .conflict)
        }
        #expect(world.folder.snapshot.text(manifest) == before)
        #expect(try world.run(world.write(days), "2026-01-07", "2026-01-07").map(\.isNew) == [true])
    }

    /// Where a folder should be there is a file. What was published before stays current, and the run can be repeated.
    @Test(
        arguments: [
            "canonical/demo", "ledger", "objectstore/demo/home/implicit", "registry/records/demo/home/implicit",
            "registry/history", "checkpoints/demo/home", "locks/demo/home",
        ])
    func aFileInPlaceOfAFolder(name: String) throws {
        try world.run(world.write(days), "2026-01-05", "2026-01-05")
        let manifest = "out/registry/current/demo/home/manifest.json"
        let before = world.folder.snapshot
        try world.folder.move("out/\(name)", to: "aside")
        try world.folder.write("", as: "out/\(name)")
        let error = #expect(throws: StorageError.self) {
            try world.run(world.write(days), "2026-01-07", "2026-01-07")
        }
        #expect(error?.kind == .storage)
        #expect(error?.path.string.contains("out/\(name)") == true)
        #expect(world.folder.fileNames(containing: ".tmp-") == [])
        let hasMoved = name.hasPrefix("checkpoints")
        #expect((world.folder.snapshot.text(manifest) == before.text(manifest)) != hasMoved)
        try world.folder.remove("out/\(name)")
        try world.folder.move("aside", to: "out/\(name)")
        #expect(try world.run(world.write(days), "2026-01-07", "2026-01-07").map(\.isNew) == [!hasMoved])
        #expect(try world.current(.implicit).key.window == .fixture("2026-01-07"))
    }

    @Test func anOutputFolderBelowAFile() throws {
        var world = world
        world.configuration.outDirectory = world.folder.path.appending("events.jsonl/out")
        let input = try world.write(days)
        let before = world.folder.snapshot
        for isDryRun in [false, true] {
            #expect(
                try failureKind { try world.run(input, "2026-01-05", "2026-01-07", isDryRun: isDryRun) } == .storage)
        }
        #expect(world.folder.snapshot.changes(since: before) == [])
    }
}
