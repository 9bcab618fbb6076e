import Builders
import Events
import Publishing
import SystemPackage
import TestSupport
import Testing

@testable import Pipeline
@testable import Platform

/// The status tells how old what is served is, how the last runs ended, and what cannot be served.
@Suite struct OwnerStatusTests {
    private let world = PipelineWorld()
    private let days = [ExampleDay("2026-01-05"), ExampleDay("2026-01-07")]

    private func status() throws -> [OwnerStatus] { try world.pipeline().status { _ in true } }

    private func time(_ day: String, second: UInt64 = 0) throws -> Timestamp {
        Timestamp(day: try #require(Day(day)), nanosecondOfDay: second * 1_000_000_000)
    }

    @Test func anEmptyStoreHasNone() throws {
        #expect(try status().isEmpty)
    }

    @Test func ageAndWindow() throws {
        let published = try time("2026-01-08", second: 3600)
        try WallClock.$stoppedAt.withValue(published.secondsSinceEpoch) {
            try world.run(world.write(days), "2026-01-05", "2026-01-07")
        }
        let status = try #require(try status().first)
        #expect(status.owner == world.owner)
        #expect(status.updatedAt == published)
        #expect(status.problems.isEmpty)
        #expect(status.current.map(\.kind) == [.cooc, .implicit, .popularity, .sessionSeq])
        #expect(status.lastDay == Day("2026-01-07"))
        for (day, daysBehind, age) in [("2026-01-07", 0, 0), ("2026-01-08", 0, 82_800), ("2026-01-10", 2, 255_600)] {
            let now = try time(day, second: 86_400 - 1).secondsSinceEpoch + 1
            let instant = day == "2026-01-07" ? try time(day) : Timestamp(secondsSinceEpoch: now - 1)
            #expect(status.daysBehind(at: instant) == daysBehind)
            #expect(status.ageInSeconds(at: instant) == (age == 0 ? 0 : age - 1))
        }
    }

    /// What covers the oldest day counts: all kinds are to be fresh.
    @Test func theOldestKindCounts() throws {
        try world.run(world.write(days), "2026-01-05", "2026-01-05")
        var pipeline = world
        pipeline.configuration.artifactKinds = [.popularity]
        try pipeline.run(pipeline.write(days), "2026-01-07", "2026-01-07")
        #expect(try status().map(\.lastDay) == [Day("2026-01-05")])
    }

    @Test func whatCannotBeServedIsNamed() throws {
        try world.run(world.write(days), "2026-01-05", "2026-01-07")
        let manifest = try world.folder.read("out/registry/current/demo/home/manifest.json")
        let record = try #require(world.pipeline().layout.registry.versions(of: world.owner).versions.last?.record)
        let blob = world.pipeline().layout.objectStore.path(of: record)
        let bytes = try File.read(blob)
        try File.remove(blob)
        #expect(try status().first?.problems.map(\.kind) == [.notFound])
        try AtomicFile.write(Array(bytes.dropLast()).rawSpan, to: blob)
        #expect(try status().first?.problems.map(\.kind) == [.corruption])
        try AtomicFile.write(bytes.rawSpan, to: blob)
        #expect(try status().first?.problems.isEmpty == true)
        _ = try world.folder.write(Array(manifest.dropLast(9)), as: "out/registry/current/demo/home/manifest.json")
        #expect(try status().first?.problems.map(\.kind) == [.corruption])
        try world.folder.remove("out/registry/current/demo/home/manifest.json")
        #expect(try status().first?.problems.first?.message.contains("this manifest is missing") == true)
    }

    @Test func howTheLastRunsEnded() throws {
        let pipeline = world.pipeline()
        _ = try pipeline.noting("run", of: world.owner, isDryRun: false) { () throws in
            try world.run(world.write(days), "2026-01-05", "2026-01-07", pipeline: pipeline)
        }
        let first = try #require(try status().first)
        #expect(first.lastRun?.runIdentifier == pipeline.run.description)
        #expect(first.lastRun?.problem == nil)
        #expect(first.lastFailure == nil)
        let lost = LockHeldError(path: "some.lock")
        #expect(throws: LockHeldError.self) {
            try world.pipeline().noting("publish", of: world.owner, isDryRun: false) { throw lost }
        }
        let second = try #require(try status().first)
        #expect(second.lastRun?.problem == RunNote.Problem(kind: "conflict", message: lost.message))
        #expect(second.lastFailure == second.lastRun)
        try world.pipeline().noting("run", of: world.owner, isDryRun: false) {}
        #expect(try status().first?.lastRun?.problem == nil)
        #expect(try status().first?.lastFailure == second.lastFailure)
    }

    @Test func aDryRunIsNotNoted() throws {
        try world.pipeline().noting("run", of: world.owner, isDryRun: true) {}
        #expect(throws: Interruption.self) {
            try world.pipeline().noting("run", of: world.owner, isDryRun: true) { throw Interruption(signal: 2) }
        }
        let interrupted = { () throws in
            try world.pipeline().noting("run", of: world.owner, isDryRun: false) { throw Interruption(signal: 2) }
        }
        // Of an owner that never published anything, perhaps a name that was mistyped, there is no note.
        #expect(throws: Interruption.self) { try interrupted() }
        #expect(world.folder.fileNames == [])
        try world.run(world.write(days), "2026-01-05", "2026-01-07")
        #expect(throws: Interruption.self) { try interrupted() }
        #expect(world.pipeline().layout.runNotes.lastFailure(of: world.owner)?.problem?.kind == "interrupted")
    }

    /// A note is a help, and its absence no reason to fail.
    @Test func aNoteThatCannotBeReadIsNone() throws {
        try world.folder.write("{", as: "out/runs/demo/home/last-run.json")
        #expect(world.pipeline().layout.runNotes.lastRun(of: world.owner) == nil)
    }
}
