import Artifacts
import Builders
import Events
import Platform
import Publishing
import SystemPackage
import TestSupport
import Testing

@testable import Pipeline

/// What was published before is taken again only where a computation would make the same bytes.
@Suite struct ExistingArtifactsTests {
    private var world = PipelineWorld()
    private let days = [ExampleDay("2026-01-05"), ExampleDay("2026-01-06"), ExampleDay("2026-01-07")]

    /// How many artifacts of each day were not computed, when all days are run.
    private func reused(_ world: PipelineWorld, _ days: [ExampleDay]) throws -> [Int] {
        let pipeline = world.pipeline()
        let counts = Counts()
        let run = DailyRun(
            pipeline, world.owner, days: .fixture("2026-01-05", "2026-01-07"), windowDayCount: 2, reusesExisting: true
        ) { counts.append($0.reusedCount) }
        _ = try run.execute([world.write(days)], isDryRun: false)
        return counts.all
    }

    @Test func theSameAgainIsNotComputed() throws {
        #expect(try reused(world, days) == [0, 0, 0])
        let before = try world.results
        #expect(try reused(world, days) == [4, 4, 4])
        #expect(try world.results == before)
        #expect(try world.current(.cooc).key.window == .fixture("2026-01-06", "2026-01-07"))
    }

    /// A change of one day is one of the windows that hold it.
    @Test func otherEventsAreComputed() throws {
        _ = try reused(world, days)
        let changed = [days[0], days[1], ExampleDay("2026-01-07", count: 12)]
        #expect(try reused(world, changed) == [4, 4, 0])
        let whole = PipelineWorld()
        try whole.run(whole.write(changed), "2026-01-05", "2026-01-07", windowDayCount: 2)
        #expect(try world.current(.implicit).rows == whole.current(.implicit).rows)
    }

    @Test func otherParametersAreComputed() throws {
        var world = world
        _ = try reused(world, days)
        world.configuration.parameters.maximumNeighborsPerItem = 3
        #expect(try reused(world, days) == [3, 3, 3])
        world.configuration.artifactFormat = .jsonV1
        #expect(try reused(world, days) == [0, 0, 0])
    }

    /// A blob that is damaged or gone is made again; it is not published as it is.
    @Test func whatIsDamagedIsComputed() throws {
        _ = try reused(world, days)
        let names = world.folder.fileNames(containing: "objectstore/demo/home/cooc")
        try world.folder.remove(names[0])
        #expect(try reused(world, days).sorted() == [3, 4, 4])
        #expect(world.folder.fileNames(containing: "objectstore/demo/home/cooc") == names)
        var bytes = try world.folder.read(names[1])
        bytes[bytes.count / 2] ^= 1
        _ = try world.folder.write(bytes, as: names[1])
        // It is there under a version that is not its own: nothing is put in its place.
        #expect(try failureKind { _ = try reused(world, days) } == .corruption)
    }
}

/// Numbers in the order in which they came.
private final class Counts: @unchecked Sendable {
    private(set) var all: [Int] = []

    func append(_ count: Int) { all.append(count) }
}
