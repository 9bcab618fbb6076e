import Columns
import Events
import Foundation
import Partitions
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Ingest

/// What an ingest promises in every mode: all or nothing, counts that add up, and no trace of what did not happen.
@Suite struct IngestionTests {
    private let workshop = IngestWorkshop()

    @Test(arguments: IngestMode.allCases)
    func oneEventIsAPartition(mode: IngestMode) throws {
        let report = try workshop.ingest([EventLine.event("i")], mode)
        #expect(report.eventCount == 1 && report.lineCount == 1 && report.unknownFieldCount == 0)
        let file = try File.read(workshop.store.path(.fixture()))
        #expect(report.partitions.map(\.byteCount) == [file.count])
        #expect(report.partitions.map(\.digest.hexadecimal) == [SHA256Digest(of: file.rawSpan).hexadecimal])
        #expect(try workshop.store.exposures(of: .fixture()) == [Exposure(user: "u", session: "s", item: "i")])
    }

    /// One bad record: nothing is replaced, nothing is left behind.
    @Test(arguments: IngestMode.allCases, [0, 1, 2])
    func oneBadRecordReplacesNothing(mode: IngestMode, place: Int) throws {
        try workshop.ingest([EventLine.event("old")])
        var lines = [EventLine.event("new"), EventLine.event("new", day: "2024-03-01")]
        lines.insert("{}", at: place)
        let input = try workshop.input(lines)
        let before = workshop.folder.entryNames
        let files = try workshop.storedFiles()
        let error = #expect(throws: IngestError.self) {
            try workshop.ingestion(mode).run([input], run: RunIdentifier())
        }
        #expect(error?.message == "\(input.name):\(place + 1): v: missing\n1 bad record, nothing was replaced")
        #expect(error?.kind == .badInput)
        #expect(try workshop.storedFiles() == files)
        #expect(workshop.folder.entryNames == before)
    }

    @Test func twentyBadRecordsAreDescribedOverAllInputs() throws {
        let inputs = try (0..<3).map { index in
            try workshop.input(Array(repeating: "[]", count: 9) + [""], as: "\(index).jsonl")
        }
        let error = #expect(throws: IngestError.self) { try workshop.ingestion().run(inputs, run: RunIdentifier()) }
        let lines = error?.message.split(separator: "\n").map(String.init) ?? []
        let described = (0..<20).map { "\(inputs[$0 / 9].name):\($0 % 9 + 1): record: not a JSON object" }
        #expect(lines == described + ["and 7 more", "27 bad records, nothing was replaced"])
    }

    @Test func strictSchemaRefusesUnknownFields() throws {
        let input = try workshop.input([EventLine.valid.with("x", "1").with("y", "2").text])
        let report = try workshop.ingestion().run([input], run: RunIdentifier())
        #expect(report.unknownFieldCount == 2)
        let error = #expect(throws: IngestError.self) {
            try workshop.ingestion(isStrict: true).run([input], run: RunIdentifier())
        }
        #expect(error?.message.contains(":1: record: unknown field \"x\"\n") == true)
    }

    @Test func aMissingInputReplacesNothing() throws {
        let good = try workshop.input([EventLine.event("new")])
        let missing = InputSource.file(workshop.folder.path.appending("nothing.jsonl"))
        let error = #expect(throws: StorageError.self) {
            try workshop.ingestion().run([good, missing], run: RunIdentifier())
        }
        #expect(error?.kind == .notFound)
        #expect(workshop.folder.entryNames == ["in.jsonl"])
    }

    @Test func moreEventsThanAllowedAreRefused() throws {
        let input = try workshop.input(
            ["a", "b", "c"].map { EventLine.event($0) } + [EventLine.event("d", tenant: "x")])
        let scope = IngestScope(tenant: PartitionKey.fixture().surfaceKey.tenant)
        let report = try workshop.ingestion(scope: scope, maximumEventCount: 3).run([input], run: RunIdentifier())
        #expect(report.eventCount == 3)
        let files = try workshop.storedFiles()
        let error = #expect(throws: IngestError.self) {
            try workshop.ingestion(scope: scope, maximumEventCount: 2).run([input], run: RunIdentifier())
        }
        #expect(error?.message == "\(input.name): more than 2 events in one run, nothing was replaced")
        #expect(error?.kind == .refused)
        #expect(try workshop.storedFiles() == files)
    }

    @Test(arguments: IngestMode.allCases)
    func aDryRunChangesNothing(mode: IngestMode) throws {
        try workshop.ingest([EventLine.event("old"), EventLine.event("old", day: "2024-03-01")])
        let lines = [EventLine.event("new"), EventLine.event("new", tenant: "other")]
        let scope = IngestScope(window: .fixture("2024-02-29", "2024-03-01"))
        let input = try workshop.input(lines)
        let before = workshop.folder.entryNames
        let files = try workshop.storedFiles()
        let ingestion = workshop.ingestion(mode, scope: scope)
        let rehearsal = try ingestion.run([input], run: RunIdentifier(), isDryRun: true)
        #expect(workshop.folder.entryNames == before)
        #expect(try workshop.storedFiles() == files)
        let report = try ingestion.run([input], run: RunIdentifier())
        #expect(rehearsal.partitions.map(\.digest) == report.partitions.map(\.digest))
        #expect(rehearsal.partitions.map(\.key) == report.partitions.map(\.key))
        #expect(rehearsal.removed == report.removed)
        #expect(report.removed.count == (mode == .replace ? 1 : 0))
    }

    @Test func aHeldLockIsRespected() throws {
        let path = workshop.locks.appending("demo/home/partitions.lock")
        guard let lock = try FileLock(path: path) else { return #expect(Bool(false), "the lock is free") }
        #expect(throws: LockHeldError.self) { try workshop.ingest([EventLine.event("i")]) }
        let lines = [EventLine.event("i", tenant: "a"), EventLine.event("i"), EventLine.event("i", tenant: "z")]
        #expect(throws: LockHeldError.self) { try workshop.ingest(lines, .merge) }
        #expect(try workshop.storedFiles().isEmpty)
        try workshop.ingest([EventLine.event("i", surface: "shop")])
        #expect(try workshop.storedFiles().count == 1)
        withExtendedLifetime(lock) {}
    }

    /// Around the number of rows of one block.
    @Test(arguments: [65_536, 65_537])
    func blocksMayBeFullOrNot(rowCount: Int) throws {
        let seconds = (0..<rowCount).map { "\"2024-02-29T00:00:00.\(100_000 + $0)Z\"" }
        let lines = seconds.enumerated().map { index, ts in
            EventLine.valid.with("ts", ts).with("item_id", "\"\(index % 1000)\"").text
        }
        let report = try workshop.ingest(lines)
        #expect(report.partitions.map(\.rowCount) == [rowCount])
        let columns = try workshop.store.open(.fixture()).columns(using: Zstandard())
        let times = (0..<rowCount).map { UInt64(100_000 + $0) * 1000 }
        #expect(columns.nanosecondsOfDay == times)
        #expect(columns.items.text(at: rowCount - 1) == "\((rowCount - 1) % 1000)")
    }
}
