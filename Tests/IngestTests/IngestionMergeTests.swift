import Columns
import Events
import Partitions
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Ingest

/// With `merge` no event is lost: of every distinct one as many are kept as the one input that has most of it has.
@Suite struct IngestionMergeTests {
    private static let name = "canonical/demo/home/exposures/2024-02-29.rspart"

    /// How often each item occurs.
    private func multiplicities(_ items: [String]) -> [String: Int] {
        items.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    private func storedItems(_ workshop: IngestWorkshop) throws -> [String] {
        try workshop.store.exposures(of: .fixture())?.map(\.item) ?? []
    }

    /// Sequences of small inputs, whatever they share, in every order and with repetitions.
    @Test func theLargerMultiplicityWins() throws {
        let inputs = [["a", "a"], ["b", "a"], ["c", "b", "b"]]
        for sequence in SmallWorlds.lists(of: inputs, lengths: 1...2) + [inputs, inputs.reversed()] {
            let workshop = IngestWorkshop()
            for input in sequence { try workshop.ingest(input.map { EventLine.event($0) }, .merge, threadCount: 1) }
            let expected = sequence.map(multiplicities).reduce([:]) { $0.merging($1, uniquingKeysWith: max) }
            #expect(multiplicities(try storedItems(workshop)) == expected, "\(sequence)")
        }
    }

    /// Each field makes events distinct; what is stored stands before what is new of equal user and time.
    @Test func everyFieldMakesADistinctEvent() throws {
        let base = EventLine.valid.with("user_id", "\"u\"").with("request_id", "\"r\"").with("rank", "0")
        let variants = [
            base, base.without("user_id"), base.with("session_id", "\"t\""), base.without("request_id"),
            base.with("item_id", "\"j\""), base.without("rank"), base.with("rank", "1"),
            base.with("ts", "\"2024-02-29T08:15:00.000000001Z\""), base.with("item_id", "\"\u{E9}\""),
            base.with("item_id", "\"e\u{301}\""),
        ].map(\.text)
        let workshop = IngestWorkshop()
        for (index, line) in variants.enumerated() {
            let report = try workshop.ingest([line], .merge)
            #expect(report.partitions.map(\.rowCount) == [index + 1])
        }
        let files = try workshop.storedFiles()
        try workshop.ingest(variants.reversed() + variants.prefix(0), .merge)
        #expect(try workshop.storedFiles() == files)
    }

    @Test func storedEventsStandBeforeNewOnes() throws {
        let workshop = IngestWorkshop()
        try workshop.ingest(["c", "a"].map { EventLine.event($0) }, .merge)
        try workshop.ingest(["d", "a", "b"].map { EventLine.event($0) }, .merge)
        #expect(try storedItems(workshop) == ["c", "a", "d", "b"])
    }

    @Test func theSameFileTwiceChangesNoByte() throws {
        let workshop = IngestWorkshop()
        var generator = SplitMix64(seed: 3)
        let lines = (0..<100).map { _ in RandomEvent(using: &generator) }.map { $0.line(using: &generator) }
        try workshop.ingest(lines + lines.prefix(30), .merge)
        let names = workshop.folder.fileNames.filter { $0.hasPrefix("canonical/") }
        let files = try workshop.storedFiles()
        let inodes = try names.map { try workshop.folder.inode(of: $0) }
        let dates = try names.map { try workshop.folder.modificationDate(of: $0) }
        try workshop.ingest(lines + lines.prefix(30), .merge)
        try workshop.ingest(Array(lines.prefix(50)), .merge)
        #expect(try workshop.storedFiles() == files)
        #expect(try names.map { try workshop.folder.inode(of: $0) } == inodes)
        #expect(try names.map { try workshop.folder.modificationDate(of: $0) } == dates)
    }

    /// Whatever the parts and their order, random events come to the same ones.
    @Test(arguments: 1...2)
    func partsInAnyOrderComeToTheSame(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let events = (0..<80).map { _ in RandomEvent(using: &generator) }
        let distinct = Dictionary(grouping: events, by: \.key).mapValues { Set($0.map(\.exposure)) }
        let workshop = IngestWorkshop()
        var parts: [[RandomEvent]] = (0..<4).map { start in stride(from: start, to: 80, by: 4).map { events[$0] } }
        parts = (parts + parts.prefix(2)).map { part in
            var seen: Set<Exposure> = []
            return part.filter { seen.insert($0.exposure).inserted }
        }.shuffled(using: &generator)
        for part in parts { try workshop.ingest(part.map { $0.line(using: &generator) }, .merge) }
        for (key, exposures) in distinct {
            let stored = try workshop.store.exposures(of: key) ?? []
            let seenOnlyElsewhere = exposures.subtracting(stored)
            #expect(seenOnlyElsewhere.count == exposures.count - Set(stored).count)
            #expect(ExposureColumns(stored).exposures == stored, "in the order of a partition")
        }
    }

    /// A day that cannot be read is never taken for one without events.
    @Test func aDamagedPartitionIsRefusedAndNothingChanges() throws {
        let workshop = IngestWorkshop()
        let days = ["2024-02-28", "2024-02-29", "2024-03-01"]
        try workshop.ingest(days.map { EventLine.event("old", day: $0) }, .merge)
        let path = workshop.folder.path.appending(IngestionMergeTests.name)
        var bytes = try File.read(path)
        bytes[20] ^= 1
        try AtomicFile.write(bytes.rawSpan, to: path)
        let before = workshop.folder.entryNames
        let files = try workshop.storedFiles()
        let error = #expect(throws: FormatError.self) {
            try workshop.ingest((days + ["2024-03-02"]).map { EventLine.event("new", day: $0) }, .merge)
        }
        #expect(error?.kind == .corruption)
        #expect(error?.path == path)
        #expect(try workshop.storedFiles() == files)
        #expect(workshop.folder.entryNames == before)
    }

    @Test func otherDaysAndSurfacesStay() throws {
        let workshop = IngestWorkshop()
        try workshop.ingest(
            [EventLine.event("old", day: "2024-02-28"), EventLine.event("old", surface: "shop")], .merge)
        let before = try workshop.storedFiles()
        let report = try workshop.ingest(
            [EventLine.event("new"), EventLine.event("no", day: "2024-02-28")], .merge,
            scope: IngestScope(window: .fixture("2024-02-29", "2024-03-05")))
        #expect(report.removed.isEmpty)
        #expect(report.outOfWindowCount == 1)
        let after = try workshop.storedFiles()
        #expect(after.count == 3)
        #expect(after.filter { before.keys.contains($0.key) } == before)
    }
}
