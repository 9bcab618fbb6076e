import Columns
import Events
import Ingest
import Partitions
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Generation

/// The ingest takes every event, and no bad record.
@Suite struct BadRecordTests {
    private let folder = TemporaryFolder()

    private func ingest(_ bytes: [UInt8]) throws -> IngestReport {
        let input = try folder.write(bytes, as: "in.jsonl")
        var ingestion = Ingestion(
            store: PartitionStore(root: folder.path.appending("canonical")),
            ledger: Ledger(root: folder.path.appending("ledger")), scope: IngestScope(), mode: .merge,
            locks: folder.path.appending("locks"), rejects: folder.path.appending("rejects"),
            scratch: folder.path.appending("scratch"), threadCount: 2,
            isStrict: false, maximumEventCount: 1_000_000)
        ingestion.rejectPolicy = .quarantine(maximumRatio: 1)
        return try ingestion.run([.file(input)], run: RunIdentifier())
    }

    @Test(arguments: [RequestIdentifiers.uuid, .none], [TimePrecision.milliseconds, .seconds])
    func whatIsGeneratedIsIngested(requests: RequestIdentifiers, times: TimePrecision) throws {
        let options = try GenerationOptions.trial(lines: 6000) { options in
            options.requestIdentifiers = requests
            options.timePrecision = times
            options.lateShare = 0.1
            options.duplicateShare = 0.05
            options.badShare = 0.1
            options.anonymousShare = 0.2
            options.botShare = 0.1
        }
        let (bytes, counts) = try options.generated()
        let report = try ingest(bytes)
        #expect(report.lineCount == 6000)
        #expect(report.eventCount == counts.eventCount + counts.duplicateCount)
        #expect(report.rejectCounts.reduce(0) { $0 + $1.count } == counts.badCount)
        #expect(report.unknownFieldCount == 0)
        #expect(report.partitions.map(\.key.day) == Array(options.window.days))
        #expect(report.rejectCounts.count >= BadRecord.allCases.count, "\(report.rejectCounts)")
    }

    /// Each sort breaks the contract in its own way.
    @Test func reasons() throws {
        let bytes = try GenerationOptions.trial(lines: 3, days: 1).generated().bytes
        let line = try #require(bytes.split(separator: 0x0A).last) + [0x0A]
        let expected: [(BadRecord, String)] = [
            (.noObject, "record: not a JSON object"), (.wrongVersion, "v: not 1, the only version there is"),
            (.missingOffset, "ts: the offset is missing; end it with Z or, say, +02:00"),
            (.noTimestamp, "ts: not an RFC 3339 timestamp such as 2026-01-31T08:15:00Z"),
            (.separatorInSurface, "surface: contains a path separator; a name is one safe path segment"),
            (.emptySession, "session_id: empty"), (.fieldTwice, "v: given twice"), (.missingItem, "item_id: missing"),
            (.wrongRank, "rank: not a whole number"),
            (.textBehindObject, "record: something follows the JSON object on its line"),
        ]
        #expect(Set(expected.map(\.0)).union([.cutOff]) == Set(BadRecord.allCases))
        for (sort, reason) in expected {
            let bad = sort.spoiling(line[...])
            #expect(bad.count { $0 == 0x0A } == 1 && bad.last == 0x0A)
            #expect(try ingest(bad).rejectCounts.map(\.summary) == [reason], "\(sort)")
        }
        let summary = try ingest(BadRecord.cutOff.spoiling(line[...])).rejectCounts.map(\.summary)
        #expect(summary.count == 1 && summary[0].contains("not valid JSON"), "\(summary)")
    }
}
