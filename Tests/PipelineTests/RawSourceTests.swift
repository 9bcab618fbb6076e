import Columns
import Events
import Ingest
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Pipeline

/// Events wait in one file, or in a file a day.
@Suite struct RawSourceTests {
    private let folder = TemporaryFolder()

    private func inputs(_ first: String, _ last: String) throws -> [InputSource] {
        try RawSource.input(in: folder.path, SegmentKey.fixture().surfaceKey, .fixture(first, last)).sources
    }

    private func file(_ name: String) -> InputSource { .file(folder.path.appending(name)) }

    @Test func oneFile() throws {
        try folder.write("", as: "exposure.jsonl")
        try folder.write("", as: "demo/home/exposure.2026-01-05.jsonl")
        #expect(try inputs("2026-01-05", "2026-01-06") == [file("exposure.jsonl")])
    }

    @Test func aFileADay() throws {
        for name in ["2026-01-04", "2026-01-05", "2026-01-07", "2026-01-08", "2026-1-6", "latest"] {
            try folder.write("", as: "demo/home/exposure.\(name).jsonl")
        }
        try folder.write("", as: "demo/search/exposure.2026-01-06.jsonl")
        let expected = ["2026-01-05", "2026-01-07"].map { file("demo/home/exposure.\($0).jsonl") }
        #expect(try inputs("2026-01-05", "2026-01-07") == expected)
    }

    @Test func filesMayBeCompressed() throws {
        for name in ["2026-01-05.jsonl.zst", "2026-01-06.jsonl.gz", "2026-01-07.gz"] {
            try folder.write("", as: "demo/home/exposure.\(name)")
        }
        let expected = ["2026-01-05.jsonl.zst", "2026-01-06.jsonl.gz"].map { file("demo/home/exposure.\($0)") }
        #expect(try inputs("2026-01-05", "2026-01-07") == expected)
        try folder.write("", as: "exposure.jsonl.gz")
        #expect(try inputs("2026-01-05", "2026-01-07") == [file("exposure.jsonl.gz")])
    }

    @Test func nothingThere() throws {
        try folder.write("", as: "demo/home/exposure.2026-01-05.jsonl")
        let error = #expect(throws: PipelineError.self) { try inputs("2026-01-06", "2026-01-07") }
        #expect(error?.kind == .notFound)
        #expect(
            error?.message == "\(folder.path): no exposure.jsonl, and no demo/home/exposure.<day>.jsonl of "
                + "2026-01-06 to 2026-01-07, plain, .gz or .zst")
        let missing = folder.path.appending("none")
        #expect(throws: PipelineError.self) {
            try RawSource.input(in: missing, SegmentKey.fixture().surfaceKey, .fixture())
        }
    }

    /// A day whose file is late, or archived already, keeps its partition.
    @Test func aDayWithoutAFileKeepsItsPartition() throws {
        let world = PipelineWorld()
        let window = Window.fixture("2026-01-05", "2026-01-07")
        let days = ["2026-01-05", "2026-01-06", "2026-01-07"].map { ExampleDay($0) }
        try world.run(world.write(days), "2026-01-05", "2026-01-07")
        // The file of the 6th has an event of the 7th too, of which it is not the whole truth.
        _ = try world.write([days[1], days[2]], as: "out/raw_events/demo/home/exposure.2026-01-06.jsonl")
        let pipeline = world.pipeline()
        let input = try RawSource.input(in: pipeline.layout.rawEvents, world.owner.surfaceKey, window)
        #expect(input.days == [Window.fixture("2026-01-06").start])
        let before = world.folder.snapshot
        let run = DailyRun(pipeline, world.owner, days: window, windowDayCount: 1, report: { _ in })
        let report = try run.execute(input.sources, coveringOnly: input.days, isDryRun: false)
        #expect(report.partitions.map(\.key.day) == [Window.fixture("2026-01-06").start])
        #expect(report.removed.isEmpty)
        #expect(report.outOfWindowCount > 0)
        #expect(!world.folder.snapshot.changes(since: before).contains { $0.contains("canonical/") })
    }

    /// Both layouts give the same.
    @Test func aRunOnEither() throws {
        let days = [ExampleDay("2026-01-05"), ExampleDay("2026-01-06")]
        let (flat, daily) = (PipelineWorld(), PipelineWorld())
        _ = try flat.write(days, as: "out/raw_events/exposure.jsonl")
        for day in days { _ = try daily.write([day], as: "out/raw_events/demo/home/exposure.\(day.day).jsonl") }
        for world in [flat, daily] {
            let window = Window.fixture("2026-01-05", "2026-01-06")
            let pipeline = world.pipeline()
            let input = try RawSource.input(in: pipeline.layout.rawEvents, world.owner.surfaceKey, window)
            let run = DailyRun(pipeline, world.owner, days: window, windowDayCount: 1, report: { _ in })
            #expect(try run.execute(input.sources, coveringOnly: input.days, isDryRun: false).eventCount == 80)
        }
        #expect(try flat.results == daily.results)
    }
}
