import Events
import Ingest
import Platform
import SystemPackage
import TestSupport

@testable import Pipeline

extension StoreScenario {
    private static let window = Window.fixture("2026-01-01", "2026-01-04")

    private static func ingest(
        _ world: PipelineWorld, _ pipeline: Pipeline, _ name: String, over window: Window?, mode: IngestMode = .replace,
    ) throws {
        let owner = window == nil ? nil : world.owner
        let scope = IngestScope(tenant: owner?.tenant, surface: owner?.surface, window: window)
        let input = InputSource.file(world.folder.path.appending(name))
        _ = try pipeline.ingest([input], scope: scope, mode: mode, isDryRun: false)
    }

    /// Events of days as they are numbered; of another count they are others.
    private static func days(_ numbers: ClosedRange<Int>, count: Int = 10) -> [ExampleDay] {
        numbers.map { ExampleDay($0 < 10 ? "2026-01-0\($0)" : "2026-01-\($0)", count: count) }
    }

    /// A day changes, a day loses its partition, a day is new, and a day stays.
    static let replacing = StoreScenario(name: "ingest replaces") { world in
        _ = try world.write(days(1...3), as: "before.jsonl")
        try ingest(world, world.pipeline(threadCount: 1), "before.jsonl", over: window)
        _ = try world.write(days(1...1, count: 20) + days(3...4))
    } operate: { world, pipeline in
        try ingest(world, pipeline, "events.jsonl", over: window)
    }

    /// So many that the whole file system is synchronised.
    static let replacingMany = StoreScenario(name: "ingest of many days") { world in
        _ = try world.write(days(1...19, count: 2))
    } operate: { world, pipeline in
        try ingest(world, pipeline, "events.jsonl", over: nil)
    }

    static let merging = StoreScenario(name: "ingest merges") { world in
        _ = try world.write(days(1...2), as: "before.jsonl")
        try ingest(world, world.pipeline(threadCount: 1), "before.jsonl", over: window)
        _ = try world.write(days(1...1, count: 20) + days(3...3))
    } operate: { world, pipeline in
        try ingest(world, pipeline, "events.jsonl", over: nil, mode: .merge)
    }

    static let rejecting = StoreScenario(name: "ingest with rejects") { world in
        try world.folder.write("no event\n" + days(1...1)[0].lines + "{}\n", as: "events.jsonl")
    } operate: { world, pipeline in
        try ingest(world, pipeline, "events.jsonl", over: window)
    }

    static let repeatingIngest = StoreScenario(name: "ingest of the same again") { world in
        _ = try world.write(days(1...3))
        try ingest(world, world.pipeline(threadCount: 1), "events.jsonl", over: window)
    } operate: { world, pipeline in
        try ingest(world, pipeline, "events.jsonl", over: window)
    }

    static let ingests = [replacing, replacingMany, merging, rejecting, repeatingIngest]
}
