import Builders
import Events
import Ingest
import Platform
import Publishing
import SystemPackage
import TestSupport

@testable import Pipeline

extension StoreScenario {
    private static func day(_ number: Int, count: Int = 10) -> ExampleDay {
        ExampleDay("2026-01-0\(number)", count: count)
    }

    private static func ingest(_ world: PipelineWorld, _ days: ClosedRange<Int>) throws {
        let input = try world.write(days.map { day($0) })
        let scope = IngestScope(tenant: world.owner.tenant, surface: world.owner.surface, window: nil)
        _ = try world.pipeline(threadCount: 1).ingest([input], scope: scope, mode: .replace, isDryRun: false)
    }

    /// Publishes what is computed of one day.
    private static func publish(
        _ world: PipelineWorld, _ pipeline: Pipeline, _ kinds: [ArtifactKind], day: Int,
    ) throws {
        let computed = try pipeline.compute(kinds, of: world.owner, over: .fixture("2026-01-0\(day)"))
        let artifacts = computed.map { ($0.file, $0.provenance) }
        _ = try pipeline.publisher.publish(artifacts, of: world.owner, run: pipeline.run)
    }

    /// Publishes one day after the other.
    static func prepare(_ world: PipelineWorld, _ kinds: [ArtifactKind], days: ClosedRange<Int>) throws {
        try ingest(world, days)
        for number in days { try publish(world, world.pipeline(threadCount: 1), kinds, day: number) }
    }

    static let firstPublish = StoreScenario(name: "the first publish") { world in
        try ingest(world, 1...1)
    } operate: { world, pipeline in
        try publish(world, pipeline, [.popularity], day: 1)
    }

    static let publishingOverOld = StoreScenario(name: "publish of two kinds over old ones") { world in
        try prepare(world, [.popularity, .cooc, .implicit], days: 1...2)
        try ingest(world, 3...3)
    } operate: { world, pipeline in
        try publish(world, pipeline, [.popularity, .cooc], day: 3)
    }

    static let republishing = StoreScenario(name: "publish of the same again") { world in
        try prepare(world, [.popularity, .cooc], days: 1...1)
    } operate: { world, pipeline in
        try publish(world, pipeline, [.popularity, .cooc], day: 1)
    }

    /// Back to the very first manifest. Done again, it goes back from there to the same.
    static let rollingBack = StoreScenario(
        name: "rollback", prepare: { world in try prepare(world, [.popularity, .cooc], days: 1...3) },
        operate: { world, pipeline in try rollBack(world, pipeline, kind: nil, entry: 1) }, isWritingAgain: true)

    /// Likewise one kind.
    static let rollingBackOneKind = StoreScenario(
        name: "rollback of one kind", prepare: { world in try prepare(world, [.popularity, .cooc], days: 1...3) },
        operate: { world, pipeline in try rollBack(world, pipeline, kind: .cooc, entry: 2) }, isWritingAgain: true)

    /// Goes back to the version that an entry of the history names.
    private static func rollBack(
        _ world: PipelineWorld, _ pipeline: Pipeline, kind: ArtifactKind?, entry: Int,
    ) throws {
        let named = try pipeline.layout.registry.historyEntry(world.owner, entry).manifest.current
        let version = named[kind ?? .popularity].map { Registry.version(inURI: $0) } ?? ""
        _ = try pipeline.publisher.rollBack(
            world.owner, kind: kind, to: .version(version), reason: "wrong", run: pipeline.run, isDryRun: false)
    }

    private static func run(_ world: PipelineWorld, _ pipeline: Pipeline) throws {
        try world.run(
            .file(world.folder.path.appending("events.jsonl")), "2026-01-01", "2026-01-03", pipeline: pipeline)
    }

    static let firstRun = StoreScenario(name: "a run of three days") { world in
        _ = try world.write([day(1), day(2), day(3)])
    } operate: { world, pipeline in
        try run(world, pipeline)
    }

    /// A day has changed, another one has no events any more.
    static let laterRun = StoreScenario(name: "a run over published days") { world in
        _ = try world.write([day(1), day(2)])
        try run(world, world.pipeline(threadCount: 1))
        _ = try world.write([day(1, count: 20), day(3)])
    } operate: { world, pipeline in
        try run(world, pipeline)
    }

    static let staging = StoreScenario(
        name: "stage, then publish", prepare: { world in try prepare(world, [.popularity, .cooc], days: 1...2) },
        operate: { world, pipeline in
            _ = try pipeline.stage([.popularity, .cooc], of: world.owner, over: stagedWindow, isDryRun: false)
            _ = try pipeline.publishStaged(world.owner, stagedWindow, isDryRun: false)
        },
        attempt: { world, pipeline in _ = try pipeline.publishStaged(world.owner, stagedWindow, isDryRun: false) },
        isStaging: true)

    private static let stagedWindow = Window.fixture("2026-01-01", "2026-01-02")

    static let publications = [
        firstPublish, publishingOverOld, republishing, rollingBack, rollingBackOneKind, firstRun, laterRun, staging,
    ]
}
