import Events
import TestSupport
import Testing

@testable import Ingest

/// Random events, written in random ways, come back from the partitions as the model has them.
@Suite struct IngestionPropertyTests {
    @Test(arguments: 1...6)
    func partitionsHoldWhatTheLinesSay(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let events = (0..<Int.random(in: 1...120, using: &generator)).map { _ in RandomEvent(using: &generator) }
        let lines = events.map { $0.line(using: &generator) }
        let workshop = IngestWorkshop()
        let report = try workshop.ingest(lines, seed.isMultiple(of: 2) ? .replace : .merge)
        let expected = RandomEvent.partitions(of: events)
        #expect(report.eventCount == events.count)
        #expect(report.lineCount == lines.count)
        #expect(report.partitions.map(\.key) == expected.keys.sorted())
        for (key, exposures) in expected {
            #expect(try workshop.store.exposures(of: key) == exposures, "\(key)")
        }
    }

    /// Many events without files between, so that many spellings are met.
    @Test func everySpellingIsDecoded() {
        var generator = SplitMix64(seed: 99)
        let events = (0..<2000).map { _ in RandomEvent(using: &generator) }
        let decoded = DecodedLines(events.map { $0.line(using: &generator) }.joined(separator: "\n"))
        #expect(decoded.rejects.isEmpty)
        for (key, exposures) in RandomEvent.partitions(of: events) {
            #expect(decoded.exposures(of: key) == exposures)
        }
    }

    /// Inputs one after the other are like one input that holds them all.
    @Test func severalInputsAreOne() throws {
        var generator = SplitMix64(seed: 5)
        let events = (0..<60).map { _ in RandomEvent(using: &generator) }
        let lines = events.map { $0.line(using: &generator) }
        let (whole, parts) = (IngestWorkshop(), IngestWorkshop())
        try whole.ingest(lines)
        let inputs = try stride(from: 0, to: 60, by: 20).map { start in
            try parts.input(Array(lines[start..<start + 20]), as: "\(start).jsonl")
        }
        let report = try parts.ingestion().run(inputs, run: RunIdentifier())
        #expect(report.inputs.map(\.lineCount) == [20, 20, 20])
        #expect(try parts.storedFiles() == whole.storedFiles())
    }

    @Test func theNumberOfThreadsDoesNotMatter() throws {
        var generator = SplitMix64(seed: 6)
        let lines = (0..<300).map { _ in RandomEvent(using: &generator) }.map { $0.line(using: &generator) }
        let files = try [1, 2, 7].map { threadCount in
            let workshop = IngestWorkshop()
            try workshop.ingest(Array(lines.prefix(150)), .merge, threadCount: threadCount)
            try workshop.ingest(Array(lines.suffix(200)), .merge, threadCount: threadCount)
            return try workshop.storedFiles()
        }
        #expect(files[0].count == 16)
        #expect(files[1] == files[0])
        #expect(files[2] == files[0])
    }
}
