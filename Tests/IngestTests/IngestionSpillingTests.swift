import Events
import Partitions
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Ingest

/// An ingest whose memory is always full gives what an ingest in memory gives, and leaves nothing behind.
@Suite struct IngestionSpillingTests {
    /// Nothing may stay in memory from one chunk to the next.
    private static let none = MemoryBudget(freeByteCount: 7, readingByteCount: 1, mergingByteCount: 1)

    /// Files of events of a few days and two surfaces, which come in any order and more than once.
    private func inputs(in workshop: IngestWorkshop, seed: UInt64, fileCount: Int) throws -> [InputSource] {
        var generator = SplitMix64(seed: seed)
        return try (0..<fileCount).map { file in
            let lines = (0..<20).map { _ in
                EventLine.event(
                    "item-\(Int.random(in: 0..<9, using: &generator))",
                    user: Bool.random(using: &generator) ? "u\(Int.random(in: 0..<4, using: &generator))" : nil,
                    day: "2024-03-0\(Int.random(in: 1...3, using: &generator))",
                    surface: Bool.random(using: &generator) ? "home" : "search")
            }
            return try workshop.input(lines, as: "in-\(file).jsonl")
        }
    }

    /// What is stored after an ingest of the files, twice in two parts.
    private func stored(
        _ memory: MemoryBudget, _ mode: IngestMode, threadCount: Int, scope: IngestScope = IngestScope(),
    ) throws -> [String: [UInt8]] {
        let workshop = IngestWorkshop()
        let inputs = try inputs(in: workshop, seed: 8, fileCount: 30)
        for part in [inputs[..<20], inputs[10...]] {
            var ingestion = workshop.ingestion(mode, scope: scope, threadCount: threadCount)
            ingestion.memory = memory
            let report = try ingestion.run(Array(part), run: RunIdentifier())
            #expect(report.eventCount == part.count * 20)
            #expect(report.partitions.count == 6)
            #expect(try Directory.names(in: workshop.folder.path).contains("scratch") == false)
        }
        return try workshop.storedFiles()
    }

    @Test(arguments: [IngestMode.replace, .merge], [1, 2, 7])
    func theFilesAreThoseOfAnIngestInMemory(mode: IngestMode, threadCount: Int) throws {
        let scope = mode == .replace ? IngestScope(window: .fixture("2024-03-01", "2024-03-03")) : IngestScope()
        let spilled = try stored(IngestionSpillingTests.none, mode, threadCount: threadCount, scope: scope)
        #expect(try spilled == stored(MemoryBudget(), mode, threadCount: 1, scope: scope))
        #expect(spilled.count == 6)
    }

    @Test func anIngestThatFailsLeavesNoRuns() throws {
        let workshop = IngestWorkshop()
        let good = try inputs(in: workshop, seed: 1, fileCount: 3)
        var ingestion = workshop.ingestion(.merge)
        ingestion.memory = IngestionSpillingTests.none
        let bad = try workshop.input(["{"], as: "bad.jsonl")
        #expect(throws: IngestError.self) { try ingestion.run(good + [bad], run: RunIdentifier()) }
        #expect(workshop.folder.entryNames.filter { $0.hasPrefix("scratch") || $0.hasPrefix("canonical") } == [])
    }

    @Test func aDryRunCountsTheSameAndLeavesNoRuns() throws {
        let workshop = IngestWorkshop()
        let inputs = try inputs(in: workshop, seed: 1, fileCount: 5)
        let inMemory = try workshop.ingestion(.merge).run(inputs, run: RunIdentifier(), isDryRun: true)
        var ingestion = workshop.ingestion(.merge)
        ingestion.memory = IngestionSpillingTests.none
        let report = try ingestion.run(inputs, run: RunIdentifier(), isDryRun: true)
        #expect(report.partitions.map(\.digest) == inMemory.partitions.map(\.digest))
        #expect(report.partitions.map(\.rowCount) == inMemory.partitions.map(\.rowCount))
        #expect(workshop.folder.entryNames.allSatisfy { $0.hasPrefix("in-") })
    }

    @Test func whatAKilledIngestLeftIsRemovedByTheNext() throws {
        let workshop = IngestWorkshop()
        try workshop.ingest([EventLine.event("a")], .merge)
        let left = [
            "scratch/killed/0.rspart", "scratch/killed/lock", "scratch/also-killed/1.rspart",
            "canonical/demo/home/exposures/.tmp-1-2024-02-29.rspart", "ledger/demo/home/.tmp-2-run.json",
        ]
        for name in left {
            try Directory.create(workshop.folder.path.appending(name).removingLastComponent())
            _ = try workshop.folder.write([1, 2, 3], as: name)
        }
        let alive = try ScratchFolder(root: workshop.folder.path.appending("scratch"), name: "alive")
        try workshop.ingest([EventLine.event("b")], .merge)
        let names = workshop.folder.fileNames
        #expect(left.filter { $0 != "scratch/killed/lock" && names.contains($0) } == [])
        #expect(names.filter { $0.hasPrefix("scratch") } == ["scratch/alive/lock"])
        #expect(alive.path.lastComponent?.string == "alive")
    }
}
