import Columns
import Events
import Foundation
import Partitions
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Ingest

/// Every ingest that took effect leaves an entry for each tenant and surface that it touched, and for no other.
@Suite struct LedgerTests {
    private let workshop = IngestWorkshop()

    private func entryNames() -> [String] { workshop.folder.fileNames.filter { $0.hasPrefix("ledger/") } }

    private func entry(_ name: String) throws -> LedgerEntry {
        let bytes = try File.read(workshop.folder.path.appending(name))
        return try JSONDecoder().decode(LedgerEntry.self, from: Data(bytes))
    }

    @Test func anEntrySaysWhereAPartitionCameFrom() throws {
        try workshop.ingest([EventLine.event("old", day: "2024-02-28")])
        let run = RunIdentifier()
        let lines = [
            EventLine.event("new"), EventLine.event("new", day: "2024-03-02"), EventLine.event("x", surface: "shop"),
            EventLine.valid.with("x", "1").text,
        ]
        let inputs = [try workshop.input(lines), try workshop.input([], as: "empty.jsonl")]
        let key = PartitionKey.fixture()
        let scope = IngestScope(
            tenant: key.surfaceKey.tenant, surface: key.surfaceKey.surface, window: .fixture("2024-02-28", "2024-03-01")
        )
        let report = try workshop.ingestion(scope: scope).run(inputs, run: run)
        let noted = try entry("ledger/demo/home/\(run).json")
        let partition = try File.read(workshop.store.path(key))
        let expected = LedgerEntry(
            v: 1, run_id: run.description, at: run.startedAt.description, mode: "replace", tenant: "demo",
            surface: "home",
            inputs: [
                LedgerEntry.Input(
                    path: inputs[0].name, xxh3_128: report.inputs[0].digest,
                    bytes: lines.joined(separator: "\n").utf8.count + 1, lines: 4),
                LedgerEntry.Input(
                    path: inputs[1].name, xxh3_128: "99aa06d3014798d86001c324468d497f", bytes: 0, lines: 0),
            ],
            events: 2, out_of_window: 1, out_of_scope: 1, unknown_fields: 1,
            partitions: [
                LedgerEntry.Partition(
                    day: "2024-02-29", sha256: SHA256Digest(of: partition.rawSpan).hexadecimal,
                    bytes: partition.count, rows: 2)
            ],
            removed: ["2024-02-28"])
        #expect(noted == expected)
    }

    /// Whatever the clock does, what took effect later says so.
    @Test func entriesAreInTheOrderInWhichTheyTookEffect() throws {
        let key = PartitionKey.fixture().surfaceKey
        try workshop.ingest([EventLine.event("a")])
        let ahead = try #require(entryNames().first)
        let text = String(decoding: try File.read(workshop.folder.path.appending(ahead)), as: UTF8.self)
        let time = try #require(text.firstMatch(of: /"committed_at": "([^"]+)"/)?.output.1)
        try workshop.folder.write(text.replacing(time, with: "2999-12-31T23:59:59.999999999Z"), as: ahead)
        for item in ["b", "c", "d"] { try workshop.ingest([EventLine.event(item)]) }
        let (entries, failures) = try workshop.ledger.contents(of: key)
        #expect(failures.isEmpty)
        #expect(
            entries.map(\.committedAt) == [
                "2999-12-31T23:59:59.999999999Z", "3000-01-01T00:00:00.000000000Z", "3000-01-01T00:00:00.000000001Z",
                "3000-01-01T00:00:00.000000002Z",
            ])
    }

    @Test func everySurfaceHasItsOwnEntry() throws {
        let run = RunIdentifier()
        let lines = [EventLine.event("a"), EventLine.event("b", surface: "shop"), EventLine.event("c", tenant: "z")]
        _ = try workshop.ingestion(.merge).run([workshop.input(lines)], run: run)
        #expect(entryNames() == ["demo/home", "demo/shop", "z/home"].map { "ledger/\($0)/\(run).json" })
        for name in entryNames() {
            let noted = try entry(name)
            #expect(noted.partitions.count == 1)
            #expect(noted.mode == "merge")
        }
    }

    @Test func whatDidNotHappenHasNoEntry() throws {
        let good = try workshop.input([EventLine.event("a")])
        _ = try workshop.ingestion().run([good], run: RunIdentifier(), isDryRun: true)
        #expect(throws: IngestError.self) { try workshop.ingest([EventLine.event("a"), "x"]) }
        #expect(entryNames().isEmpty)
    }

    /// Entries are never changed: the second run adds one.
    @Test func entriesAreNeverChanged() throws {
        try workshop.ingest([EventLine.event("a")])
        let names = entryNames()
        let bytes = try File.read(workshop.folder.path.appending(names[0]))
        try workshop.ingest([EventLine.event("b")])
        #expect(entryNames().count == 2)
        #expect(try File.read(workshop.folder.path.appending(names[0])) == bytes)
    }
}

/// An entry as it stands in the file.
private struct LedgerEntry: Decodable, Equatable {
    struct Input: Decodable, Equatable {
        let path: String
        let xxh3_128: String
        let bytes: Int
        let lines: Int
    }

    struct Partition: Decodable, Equatable {
        let day: String
        let sha256: String
        let bytes: Int
        let rows: Int
    }

    let v: Int
    let run_id: String
    let at: String
    let mode: String
    let tenant: String
    let surface: String
    let inputs: [Input]
    let events: Int
    let out_of_window: Int
    let out_of_scope: Int
    let unknown_fields: Int
    let partitions: [Partition]
    let removed: [String]
}
