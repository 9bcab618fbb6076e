import Builders
import Events
import Platform
import Publishing
import SystemPackage
import TestSupport

@testable import Pipeline

extension StoreScenario {
    /// Takes out what is not wanted so many days from now, and deletes what was taken out before.
    private static func collect(_ world: PipelineWorld, _ pipeline: Pipeline, afterDays dayCount: Int) throws {
        let now = Timestamp(secondsSinceEpoch: WallClock.secondsSinceEpoch + dayCount * 86_400)
        let keptDayCount = Window.fixture("2026-01-02", now.day.description).dayCount
        let collection = StoreCollection(
            pipeline, CollectionPolicy(graceDayCount: 30, keptVersionCount: 1), keptDayCount: keptDayCount, now: now)
        _ = try collection.collectAll(isDryRun: false, of: { _ in true }) { _, outcome in
            // Whoever runs it is told, and what cannot be read stays.
            if let failure = try outcome.get().artifacts.failures.first { throw failure }
        }
    }

    private static func firstVersion(_ world: PipelineWorld, _ kind: ArtifactKind) throws -> String {
        let first = try world.pipeline(threadCount: 1).layout.registry.historyEntry(world.owner, 1).manifest
        return first.current[kind].map { Registry.version(inURI: $0) } ?? ""
    }

    private static func setPin(_ world: PipelineWorld, _ pipeline: Pipeline, isPinned: Bool) throws {
        let (publisher, version) = (pipeline.publisher, try firstVersion(world, .cooc))
        if isPinned {
            _ = try publisher.pin(version, of: world.owner, kind: .cooc, reason: "loved", isDryRun: false)
        } else {
            _ = try publisher.unpin(version, of: world.owner, kind: .cooc, isDryRun: false)
        }
    }

    /// A blob without a record, as a crash leaves it.
    private static func writeUnrecordedBlob(_ world: PipelineWorld) throws {
        let window = Window.fixture("2026-01-01", "2026-01-02")
        guard let file = try world.pipeline().compute([.implicit], of: world.owner, over: window).first?.file else {
            return
        }
        var bytes: [UInt8] = []
        try file.forEachPiece { bytes += $0.copiedBytes }
        let folder = "out/objectstore/demo/home/implicit"
        try world.folder.createFolder(folder)
        _ = try world.folder.write(bytes, as: "\(folder)/\(file.name)")
    }

    private static func prepareGarbage(_ world: PipelineWorld) throws {
        try prepare(world, [.popularity, .cooc], days: 1...4)
        try setPin(world, world.pipeline(threadCount: 1), isPinned: true)
        try writeUnrecordedBlob(world)
        for folder in ["objectstore/demo/home/cooc", "registry/current/demo/home", "canonical/demo/home/exposures"] {
            try world.folder.write("half", as: "out/\(folder)/\(AtomicFile.temporaryPrefix)1-file")
        }
    }

    /// Of four versions of two kinds the first two go, but for one that is pinned, and so does an old day.
    static let collecting = StoreScenario(name: "garbage collection") { world in
        try prepareGarbage(world)
    } operate: { world, pipeline in
        try collect(world, pipeline, afterDays: 20)
        try collect(world, world.pipeline(threadCount: 1), afterDays: 40)
    }

    /// What was taken out long ago is deleted.
    static let deleting = StoreScenario(name: "deletion of collected garbage") { world in
        try prepareGarbage(world)
        let pipeline = world.pipeline(threadCount: 1)
        try collect(world, pipeline, afterDays: 40)
        try prepare(world, [.popularity, .cooc], days: 1...1)
    } operate: { world, pipeline in
        try collect(world, pipeline, afterDays: 80)
    }

    static let pinning = StoreScenario(name: "pin") { world in
        try prepare(world, [.cooc], days: 1...2)
    } operate: { world, pipeline in
        try setPin(world, pipeline, isPinned: true)
    }

    static let unpinning = StoreScenario(name: "unpin") { world in
        try prepare(world, [.cooc], days: 1...2)
        try setPin(world, world.pipeline(threadCount: 1), isPinned: true)
    } operate: { world, pipeline in
        try setPin(world, pipeline, isPinned: false)
    }

    static let collections = [collecting, deleting, pinning, unpinning]

    static let all = ingests + publications + collections
}
