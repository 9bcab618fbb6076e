import Events
import Ingest
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Pipeline

/// An incremental run goes on where the last one ended, and stops before a day whose file is missing.
@Suite struct IncrementalRunTests {
    private let world = PipelineWorld()

    private func pending(_ start: String?, _ end: String) throws -> PendingDays {
        try world.pipeline().pendingDays(of: world.owner, from: start.flatMap { Day($0) }, through: day(end))
    }

    private func day(_ text: String) throws -> Day { try #require(Day(text)) }

    @Test func theFirstRunBeginsWhereItIsTold() throws {
        #expect(try pending("2026-01-05", "2026-01-07") == .days(.fixture("2026-01-05", "2026-01-07")))
        #expect(try failureKind { _ = try pending(nil, "2026-01-07") } == .usage)
        #expect(try failureKind { _ = try pending("2026-01-08", "2026-01-07") } == .usage)
    }

    @Test func laterRunsGoOn() throws {
        try world.run(world.write([ExampleDay("2026-01-05"), ExampleDay("2026-01-06")]), "2026-01-05", "2026-01-06")
        #expect(try pending("2026-01-01", "2026-01-09") == .days(.fixture("2026-01-07", "2026-01-09")))
        #expect(try pending(nil, "2026-01-07") == .days(.fixture("2026-01-07")))
        for end in ["2026-01-06", "2026-01-02"] { #expect(try pending(nil, end) == .none(lastDay: day("2026-01-06"))) }
    }

    /// A backfill that a gate ended goes on with the day that was refused.
    @Test func whatFailedHalfWay() throws {
        var world = world
        world.configuration.gateRules[.maxEvents] = GateRule(.fail, 25)
        let days = [ExampleDay("2026-01-05", count: 9), ExampleDay("2026-01-06", count: 30)]
        #expect(try failureKind { try world.run(world.write(days), "2026-01-05", "2026-01-06") } == .refused)
        #expect(try pending(nil, "2026-01-07") == .days(.fixture("2026-01-06", "2026-01-07")))
    }

    @Test func aDamagedCheckpointIsNotGuessedAt() throws {
        try world.run(world.write([ExampleDay("2026-01-05")]), "2026-01-05", "2026-01-05")
        try world.folder.write("{}", as: "out/checkpoints/demo/home/checkpoint.json")
        #expect(try failureKind { _ = try pending("2026-01-01", "2026-01-09") } == .corruption)
    }

    @Test func aGapEndsTheDays() throws {
        for day in ["2026-01-05", "2026-01-06", "2026-01-08"] {
            try world.folder.write("", as: "raw/demo/home/exposure.\(day).jsonl")
        }
        let raw = world.folder.path.appending("raw")
        let inputs = { (first: String) throws in
            try RawSource.inputBeforeGap(in: raw, world.owner.surfaceKey, .fixture(first, "2026-01-08"))
        }
        let found = try inputs("2026-01-05")
        #expect(found.sources.count == 2)
        #expect(found.window == .fixture("2026-01-05", "2026-01-06"))
        #expect(found.gap?.message == "\(raw)/demo/home: no file exposure.2026-01-07.jsonl, plain, .gz or .zst")
        #expect(found.gap?.remedy?.hasSuffix("--start 2026-01-08 --end 2026-01-08 instead of --incremental") == true)
        #expect(try inputs("2026-01-08").gap == nil)
        let error = #expect(throws: PipelineError.self) { try inputs("2026-01-07") }
        #expect(error?.message == found.gap?.message)
        // There is no later day to go on with.
        try world.folder.remove("raw/demo/home/exposure.2026-01-08.jsonl")
        let last = #expect(throws: PipelineError.self) { try inputs("2026-01-08") }
        #expect(last?.remedy == "put it there and run the same command again")
    }
}
