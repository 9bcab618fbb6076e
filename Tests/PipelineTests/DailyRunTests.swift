import Artifacts
import Builders
import Events
import Platform
import Publishing
import SystemPackage
import TestSupport
import Testing

@testable import Pipeline

/// The whole job on a small world: every file that is written, and what is in it.
@Suite struct DailyRunTests {
    private let world = PipelineWorld()
    private let days = [ExampleDay("2026-01-05"), ExampleDay("2026-01-07")]

    /// The counts of popularity, taken one event after the other.
    private func popularity(_ days: [ExampleDay]) -> [String: UInt32] {
        days.flatMap(\.items).reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    private func currentPopularity() throws -> [String: UInt32] {
        let entries = try world.current(.popularity).rows.exampleRows.flatMap(\.entries)
        return Dictionary(uniqueKeysWithValues: entries.map { ($0.id, $0.count) })
    }

    private func rollBack(steps: Int) throws {
        _ = try world.pipeline().publisher.rollBack(
            world.owner, to: .steps(steps), reason: nil, run: RunIdentifier(), isDryRun: false)
    }

    @Test func everyFileThatIsWritten() throws {
        let reports = try world.run(world.write(days), "2026-01-05", "2026-01-07")
        #expect(reports.map(\.day.description) == ["2026-01-05", "2026-01-06", "2026-01-07"])
        #expect(reports.map(\.artifacts.count) == [4, 0, 4])
        #expect(reports.map(\.isNew) == [true, false, true])
        let published = [reports[0], reports[2]].flatMap(\.artifacts).map(\.file)
        let names = published.flatMap { file in
            [
                "objectstore/demo/home/\(file.key.kind.rawValue)/\(file.name)",
                "registry/records/demo/home/\(file.key.kind.rawValue)/\(file.version).json",
            ]
        }
        let others = [
            "canonical/demo/home/exposures/2026-01-05.rspart", "canonical/demo/home/exposures/2026-01-07.rspart",
            "checkpoints/demo/home/checkpoint.json", "locks/demo/home/blobs.lock", "locks/demo/home/partitions.lock",
            "locks/demo/home/publish.lock", "registry/current/demo/home/manifest.json",
            "registry/history/demo/home/00000001.json", "registry/history/demo/home/00000002.json",
        ]
        let found = world.folder.fileNames.filter { $0.hasPrefix("out/") }.map { String($0.dropFirst(4)) }
        #expect(found.filter { !$0.hasPrefix("ledger/demo/home/") } == (names + others).sorted())
        #expect(found.count == names.count + others.count + 1)
        #expect(try currentPopularity() == popularity([days[1]]))
        #expect(try world.current(.cooc).key == ArtifactKey(world.owner, .cooc, .fixture("2026-01-07")))
    }

    @Test func windowsOfSeveralDays() throws {
        let reports = try world.run(world.write(days), "2026-01-05", "2026-01-09", windowDayCount: 3)
        #expect(reports.map(\.artifacts.count) == [4, 4, 4, 4, 4])
        #expect(try world.current(.popularity).key.window == .fixture("2026-01-07", "2026-01-09"))
        #expect(try currentPopularity() == popularity([days[1]]))
        let windows = reports.map { $0.artifacts[0].file.key.window.description }
        #expect(windows[0] == "2026-01-03_2026-01-05")
        #expect(windows[2] == "2026-01-05_2026-01-07")
        try rollBack(steps: 2)
        #expect(try currentPopularity() == popularity(days))
        // No event is left in the window of the 10th.
        let later = try world.run(
            world.write([ExampleDay("2026-01-12")]), "2026-01-10", "2026-01-12", windowDayCount: 3)
        #expect(later.map(\.artifacts.count) == [0, 0, 4])
    }

    /// The days before those of the run count too.
    @Test func aWindowReachesBackBeforeTheRun() throws {
        try world.run(world.write([days[0]]), "2026-01-05", "2026-01-05")
        try world.run(world.write([days[1]]), "2026-01-07", "2026-01-07", windowDayCount: .max)
        #expect(try currentPopularity() == popularity(days))
        #expect(try world.current(.popularity).key.window.start == Day.range.lowerBound)
    }

    @Test func theCheckpoint() throws {
        let pipeline = world.pipeline()
        try world.run(world.write(days), "2026-01-05", "2026-01-09", pipeline: pipeline)
        let expected = """
            {
              "v": 1,
              "last_published_day": "2026-01-07",
              "run_id": "\(pipeline.run)"
            }

            """
        #expect(world.folder.snapshot.text("out/checkpoints/demo/home/checkpoint.json") == expected)
    }

    @Test func aRerunOfADayWritesTheLedgerAlone() throws {
        let input = try world.write(days)
        try world.run(input, "2026-01-07", "2026-01-07")
        let before = world.folder.snapshot
        let reports = try world.run(input, "2026-01-07", "2026-01-07")
        #expect(reports.map(\.isNew) == [false])
        let after = world.folder.snapshot
        let changes = after.changes(since: before).filter { after.fileNames.contains($0) }
        #expect(changes.map { $0.hasPrefix("out/ledger/") ? "ledger" : $0 } == ["ledger"])
        #expect(Set(before.fileNames).isSubset(of: after.fileNames))
    }

    /// Partitions, blobs and records stay the files that they are, and the same artifacts are current in the end.
    /// Going over old days again never takes the service back in time.
    @Test func aRerunOfSeveralDaysMovesNoManifest() throws {
        let input = try world.write(days)
        try world.run(input, "2026-01-05", "2026-01-07")
        let before = world.folder.snapshot
        let reports = try world.run(input, "2026-01-05", "2026-01-07")
        #expect(reports.map(\.isNew) == [false, false, false])
        #expect(reports.map(\.isCurrent) == [false, false, true])
        let changes = world.folder.snapshot.changes(since: before)
        for part in ["canonical/", "objectstore/", "registry/"] { #expect(!changes.contains { $0.contains(part) }) }
    }

    /// Late events of an old day make new artifacts of that day, and what is current stays.
    @Test func aBackfillStoresAndLeavesLaterDaysCurrent() throws {
        try world.run(world.write([days[1]]), "2026-01-07", "2026-01-07")
        let reports = try world.run(world.write([days[0]], as: "late.jsonl"), "2026-01-05", "2026-01-05")
        #expect(reports.map(\.isCurrent) == [false])
        #expect(try currentPopularity() == popularity([days[1]]))
        let versions = try world.pipeline().layout.registry.versions(of: world.owner, kind: .popularity).versions
        #expect(versions.map(\.record.key.window) == [.fixture("2026-01-05"), .fixture("2026-01-07")])
        #expect(versions.map(\.isCurrent) == [false, true])
    }

    @Test func otherTenantsSurfacesAndDaysAreLeftAlone() throws {
        let others = [
            ExampleDay("2026-01-05", tenant: "other"), ExampleDay("2026-01-05", surface: "search"),
            ExampleDay("2026-01-04"),
        ]
        try world.run(world.write(days + others), "2026-01-05", "2026-01-05")
        #expect(try currentPopularity() == popularity([days[0]]))
        #expect(
            world.folder.fileNames(containing: ".rspart") == ["out/canonical/demo/home/exposures/2026-01-05.rspart"])
    }

    @Test func artifactsAsJSON() throws {
        var world = world
        world.configuration.artifactFormat = .jsonV1
        try world.run(world.write(days), "2026-01-05", "2026-01-07")
        let blobs = world.folder.fileNames(containing: "objectstore")
        #expect(blobs.count == 8)
        #expect(blobs.allSatisfy { $0.hasSuffix(".json") })
        let registry = world.pipeline().layout.registry
        for version in try registry.versions(of: world.owner).versions {
            let record = version.record
            let blob = try registry.openBlob(
                of: world.owner, kind: record.key.kind, version: record.version.hexadecimal,
                in: world.pipeline().layout.objectStore)
            let text = try String(decoding: blob.file.bytes(0..<blob.file.byteCount), as: UTF8.self)
            #expect(text.hasPrefix("{\n  \"v\": 1,\n  \"artifact_type\": \"\(record.key.kind.rawValue)\",\n"))
            #expect(text.contains("\"version\": \"\(record.version)\""))
            #expect(record.format == .jsonV1)
        }
        try rollBack(steps: 1)
    }

    @Test func aCatalogAddsAKind() throws {
        var world = world
        try world.folder.write("item_id,tags\nitem 1,\"Red, Round\"\nitem 2,\n", as: "catalog.csv")
        world.configuration.catalog = world.folder.path.appending("catalog.csv")
        let reports = try world.run(world.write(days), "2026-01-05", "2026-01-07")
        #expect(reports.map(\.artifacts.count) == [5, 0, 5])
        let tags = try world.current(.contentSim).rows.exampleRows
        #expect(tags.map(\.key) == ["item 1"])
        #expect(tags.flatMap(\.entries).map(\.id) == ["red", "round"])
    }
}
