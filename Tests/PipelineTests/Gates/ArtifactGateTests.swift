import Artifacts
import Builders
import Events
import Ingest
import Platform
import Publishing
import SystemPackage
import TestSupport
import Testing

@testable import Pipeline

/// An artifact that differs too much from the current one is not published.
@Suite struct ArtifactGateTests {
    private let world = PipelineWorld()

    /// A world that makes popularity, where some gates have a rule and all others are off.
    private func world(_ rules: [Gate: GateRule]) -> PipelineWorld {
        var world = world
        world.configuration.artifactKinds = [.popularity]
        world.configuration.gateRules = Dictionary(uniqueKeysWithValues: Gate.allCases.map { ($0, GateRule(.off, 0)) })
        world.configuration.gateRules.merge(rules) { $1 }
        return world
    }

    /// The events of a day on which these items were shown, the more often the earlier they stand.
    private func day(_ day: String, _ items: [String]) -> String {
        items.enumerated().flatMap { index, item in
            (0..<(items.count - index)).map { _ in
                "{\"v\":1,\"ts\":\"\(day)T12:00:00Z\",\"tenant\":\"demo\",\"surface\":\"home\",\"session_id\":\"s\","
                    + "\"item_id\":\"\(item)\"}\n"
            }
        }
        .joined()
    }

    private func run(_ world: PipelineWorld, _ last: String, _ text: String) throws -> [DailyRun.DayReport] {
        try world.folder.write(text, as: "events.jsonl")
        return try world.run(.file(world.folder.path.appending("events.jsonl")), "2026-01-05", last)
    }

    /// Each day is measured against the one before it, although they are published in one run.
    @Test func theDayBeforeIsCurrent() throws {
        let world = world([.minCoverage: GateRule(.warn, 0.6), .minOverlap: GateRule(.warn, 0.6)])
        let text =
            day("2026-01-05", ["a", "b", "c", "d"]) + day("2026-01-06", ["a", "b", "c", "x"])
            + day("2026-01-07", ["x", "y", "z", "w"])
        let reports = try run(world, "2026-01-07", text)
        let values = reports.map { $0.gates.map(\.value) }
        #expect(values == [[], [0.75, 0.75], [0.25, 0.25]])
        #expect(reports[1].gates.map(\.outcome) == [.passed, .passed])
        #expect(reports[2].gates.map(\.outcome) == [.warned, .warned])
        #expect(reports[2].gates.map(\.kind) == [.popularity, .popularity])
    }

    @Test func whatDiffersTooMuchIsRefused() throws {
        let world = world([.minOverlap: GateRule(.fail, 0.5)])
        let text = day("2026-01-05", ["a", "b"]) + day("2026-01-06", ["x", "y"]) + day("2026-01-07", ["a", "b"])
        let error = #expect(throws: GateRefusal.self) { try run(world, "2026-01-07", text) }
        #expect(
            error?.message == "gate 2026-01-06 popularity: min_overlap: 0 is the mean overlap at 10 with the current "
                + "version, at least 0.5 passes")
        #expect(try world.current(.popularity).key.window == .fixture("2026-01-05"))
    }

    @Test func sizesAreMeasured() throws {
        let world = world([.maxSizeRatio: GateRule(.fail, 1), .minSizeRatio: GateRule(.fail, 1)])
        let text = day("2026-01-05", ["a", "b"])
        _ = try run(world, "2026-01-05", text)
        let many = text + day("2026-01-06", (0..<40).map { "item \($0)" })
        let error = #expect(throws: GateRefusal.self) { try run(world, "2026-01-06", many) }
        #expect(error?.results.map(\.gate) == [.maxSizeRatio])
        let sizes = try #require(error?.results.first?.value)
        #expect(sizes > 1)
    }

    /// Old days that are gone over again are not measured against what covers a later day.
    @Test func whatIsLaterIsNoMeasure() throws {
        let world = world([.minOverlap: GateRule(.fail, 0.5)])
        let (old, new) = (day("2026-01-05", ["a", "b"]), day("2026-01-06", ["a", "c"]))
        _ = try run(world, "2026-01-06", old + new)
        let other = day("2026-01-05", ["x", "y"])
        #expect(try run(world, "2026-01-05", other).map(\.isCurrent) == [false])
    }

    @Test func whatIsStagedIsMeasured() throws {
        let world = world([.minOverlap: GateRule(.fail, 0.5)])
        _ = try run(world, "2026-01-05", day("2026-01-05", ["a", "b"]))
        let text = day("2026-01-05", ["a", "b"]) + day("2026-01-06", ["x", "y"])
        try world.folder.write(text, as: "events.jsonl")
        _ = try world.pipeline().ingest(
            [.file(world.folder.path.appending("events.jsonl"))],
            scope: IngestScope(tenant: nil, surface: nil, window: nil), mode: .merge, isDryRun: false)
        let window = Window.fixture("2026-01-06")
        _ = try world.pipeline().stage([.popularity], of: world.owner, over: window, isDryRun: false)
        for isDryRun in [true, false] {
            #expect(throws: GateRefusal.self) {
                try world.pipeline().publishStaged(world.owner, window, isDryRun: isDryRun)
            }
        }
        var pipeline = world.pipeline()
        pipeline.overrides = [.minOverlap: "new season"]
        let published = try pipeline.publishStaged(world.owner, window, isDryRun: false)
        #expect(published.outcome.isNew)
        #expect(published.gates.map(\.outcome) == [.overridden(reason: "new season")])
    }
}
