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

/// Gates measure what they say, and what one refuses is not published.
@Suite struct GateTests {
    private let world = PipelineWorld()

    private static let days = [
        ExampleDay("2026-01-05", count: 10), ExampleDay("2026-01-06", count: 20), ExampleDay("2026-01-07", count: 30),
        ExampleDay("2026-01-08", count: 6),
    ]

    /// A world where a gate has a rule, and all others are off.
    private func world(_ gate: Gate, _ action: GateAction, _ threshold: Double) -> PipelineWorld {
        var world = world
        world.configuration.gateRules = Dictionary(uniqueKeysWithValues: Gate.allCases.map { ($0, GateRule(.off, 0)) })
        world.configuration.gateRules[gate] = GateRule(action, threshold)
        return world
    }

    /// What a gate measures on the last of the days.
    private func value(_ gate: Gate) throws -> Double? {
        let world = world(gate, .warn, 0)
        let reports = try world.run(world.write(GateTests.days), "2026-01-05", "2026-01-08")
        #expect(reports.flatMap(\.gates).allSatisfy { $0.gate == gate })
        return reports.last?.gates.first?.value
    }

    @Test func whatIsMeasuredOfADay() throws {
        let day = GateTests.days[3]
        let items = Dictionary(grouping: day.items) { $0 }.mapValues { Double($0.count) }
        let sessions = Set(day.lines.matches(of: #/session \d+/#).map { String($0.output) })
        let greatest = items.values.max() ?? 0
        #expect(try value(.minEvents) == 6)
        #expect(try value(.maxEvents) == 6)
        #expect(try value(.maxDistinctItems) == Double(items.count))
        #expect(try value(.maxItemShare) == greatest / 6)
        #expect(try value(.maxSessions) == Double(sessions.count))
        #expect(try value(.minEventsToMedian) == 0.3)
        #expect(try value(.maxEventsToMedian) == 0.3)
        // The last event is five seconds after midnight.
        let age = try #require(try value(.maxLatestEventAge))
        #expect(abs(age - (24 - 5.0 / 3600)) < 1e-9)
        #expect(try value(.maxOutOfWindowRatio) == 0)
        #expect(try value(.maxRejectRatio) == 0)
    }

    /// Fewer than three days before it say nothing; a gap is none of them.
    @Test func theMedianNeedsThreeDays() throws {
        let world = world(.minEventsToMedian, .warn, 0)
        let days = [(1, 5), (2, 15), (4, 35), (9, 45)].map { ExampleDay("2026-01-0\($0)", count: $1) }
        let reports = try world.run(world.write(days), "2026-01-01", "2026-01-09")
        let values = Dictionary(uniqueKeysWithValues: reports.map { ("\($0.day)", $0.gates.first?.value) })
        // Before 2026-01-04 there are two days with events, before 2026-01-05 three: 5, 15 and 35 events.
        #expect(values["2026-01-04"] == .some(nil))
        #expect(values["2026-01-05"] == 0)
        #expect(values["2026-01-08"] == 0)
        // On 2026-01-09 the first day is out of the seven.
        #expect(values["2026-01-09"] == .some(nil))
    }

    @Test func theRatiosOfTheIngestAreThoseOfTheLedger() throws {
        var world = world(.maxRejectRatio, .warn, 0)
        world.configuration.gateRules[.maxOutOfWindowRatio] = GateRule(.warn, 0)
        world.configuration.badRecords = .quarantine
        world.configuration.maximumRejectRatio = 1
        let lines = GateTests.days.map(\.lines).joined() + "{}\n{}\n"
        try world.folder.write(lines, as: "events.jsonl")
        let input = InputSource.file(world.folder.path.appending("events.jsonl"))
        let gates = try world.run(input, "2026-01-06", "2026-01-07").flatMap(\.gates)
        let rejected = gates.filter { $0.gate == .maxRejectRatio }.map(\.value)
        let skipped = gates.filter { $0.gate == .maxOutOfWindowRatio }.map(\.value)
        #expect(rejected == [Double](repeating: 2 / 68, count: 2))
        #expect(skipped == [Double](repeating: 16 / 66, count: 2))
    }

    /// A threshold that is met just so passes; beyond it the action says what happens.
    @Test(arguments: [
        (Gate.minEvents, 6.0, GateResult.Outcome.passed), (.minEvents, 7, .warned), (.maxEvents, 6, .passed),
        (.maxEvents, 5, .warned), (.minEventsToMedian, 0.31, .warned), (.maxEventsToMedian, 0.3, .passed),
    ])
    func thresholds(gate: Gate, threshold: Double, outcome: GateResult.Outcome) throws {
        let world = world(gate, .warn, threshold)
        let reports = try world.run(world.write(GateTests.days), "2026-01-05", "2026-01-08")
        #expect(reports.last?.gates.map(\.outcome) == [outcome])
        #expect(reports.last?.isCurrent == true)
    }

    /// The days before it are published, it and those after it are not.
    @Test func whatIsRefusedIsNotPublished() throws {
        let world = world(.maxEvents, .fail, 25)
        let input = try world.write(GateTests.days)
        let error = #expect(throws: GateRefusal.self) { try world.run(input, "2026-01-05", "2026-01-08") }
        #expect(error?.kind == .refused)
        #expect(error?.message == "gate 2026-01-07: max_events: 30 events, at most 25 passes")
        #expect(error?.remedy?.hasSuffix("to publish in spite of it: --override max_events=REASON") == true)
        #expect(try world.current(.popularity).key.window == .fixture("2026-01-06"))
        #expect(!world.folder.fileNames.contains { $0.contains(".tmp-") })
    }

    @Test func anOverrideIsKeptInTheRecord() throws {
        let world = world(.maxEvents, .fail, 25)
        var pipeline = world.pipeline()
        pipeline.overrides = [.maxEvents: "a sale"]
        let reports = try world.run(world.write(GateTests.days), "2026-01-05", "2026-01-08", pipeline: pipeline)
        #expect(reports[2].gates.map(\.outcome) == [.overridden(reason: "a sale")])
        let key = world.owner.surfaceKey
        let records = try pipeline.layout.registry.records(of: key, kind: .cooc).records
        let record = try #require(records.first { $0.key.window == .fixture("2026-01-07") })
        let note = Provenance.Gate(
            name: "max_events", value: 30, threshold: 25, outcome: "overridden", reason: "a sale")
        #expect(record.provenance.gates == [note])
        #expect(ArtifactRecord(encoded: record.encoded) == record)
        #expect(try pipeline.layout.registry.historyEntry(world.owner, 3).reason == "override max_events=a sale")
        #expect(try pipeline.layout.registry.historyEntry(world.owner, 2).reason == nil)
    }

    /// A record that is there stays as it is: why it became current again stands in the history.
    @Test func anOverrideOfWhatWasPublishedBefore() throws {
        let input = try world.write(GateTests.days)
        try world.run(input, "2026-01-06", "2026-01-07")
        let registry = world.pipeline().layout.registry
        _ = try world.pipeline().publisher.rollBack(
            world.owner, to: .steps(1), reason: "odd", run: RunIdentifier(), isDryRun: false)
        var pipeline = world(.maxEvents, .fail, 25).pipeline()
        pipeline.overrides = [.maxEvents: "it was a sale"]
        try world.run(input, "2026-01-07", "2026-01-07", pipeline: pipeline)
        #expect(try registry.historyEntry(world.owner, 4).reason == "override max_events=it was a sale")
    }

    /// What cannot be measured for now does not pass.
    @Test func aLedgerThatCannotBeRead() throws {
        let world = world(.maxRejectRatio, .fail, 0.5)
        try world.run(world.write(GateTests.days), "2026-01-05", "2026-01-08")
        let entry = try #require(world.folder.fileNames(containing: "out/ledger/demo/home/").first)
        let fault = FaultInjector(.unreadable(entry))
        let kind = try FileSystem.$calls.withValue(fault) {
            try failureKind { _ = try world.pipeline().validate(world.owner.surfaceKey, .fixture("2026-01-05")) }
        }
        #expect(kind == .storage)
    }

    /// A day without events has too few of them, whatever its window has.
    @Test func aDayWithoutEvents() throws {
        let world = world(.minEvents, .fail, 1)
        let input = try world.write([ExampleDay("2026-01-05"), ExampleDay("2026-01-07")])
        let error = #expect(throws: GateRefusal.self) {
            try world.run(input, "2026-01-05", "2026-01-07", windowDayCount: 2)
        }
        #expect(error?.results.map(\.day.description) == ["2026-01-06"])
    }

    @Test func validationPublishesNothing() throws {
        let world = world(.maxEvents, .fail, 25)
        let pipeline = world.pipeline()
        let scope = IngestScope(tenant: nil, surface: nil, window: nil)
        _ = try pipeline.ingest([world.write(GateTests.days)], scope: scope, mode: .merge, isDryRun: false)
        let before = world.folder.snapshot
        let window = Window.fixture("2026-01-04", "2026-01-08")
        let results = try pipeline.validate(world.owner.surfaceKey, window)
        #expect(results.map(\.value) == [0, 10, 20, 30, 6])
        #expect(results.filter { $0.outcome == .refused }.map(\.day.description) == ["2026-01-07"])
        #expect(world.folder.snapshot.changes(since: before) == [])
        let empty = Window.fixture("2026-02-01")
        #expect(try failureKind { _ = try pipeline.validate(world.owner.surfaceKey, empty) } == .notFound)
    }

    @Test func validationReadsPartitionsWhole() throws {
        let world = world(.minEvents, .warn, 1)
        try world.run(world.write(GateTests.days), "2026-01-05", "2026-01-08")
        let name = "out/canonical/demo/home/exposures/2026-01-06.rspart"
        var bytes = try world.folder.read(name)
        bytes[100] ^= 1
        _ = try world.folder.write(bytes, as: name)
        #expect(
            try failureKind {
                _ = try world.pipeline().validate(world.owner.surfaceKey, .fixture("2026-01-05", "2026-01-08"))
            } == .corruption)
    }
}
