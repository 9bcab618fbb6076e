import Events
import Foundation
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Ingest

/// Bad records are set aside byte for byte with their places and reasons, and only too many of them end an ingest.
@Suite struct QuarantineTests {
    private let workshop = IngestWorkshop()
    private let identifier = RunIdentifier()

    /// Lines of which every third is bad, each in its own way.
    private static let lines: [[UInt8]] = (0..<9).map { index in
        switch index {
        case 2: Array(#"{"v":2,"ts":"x" }  "#.utf8)
        case 5: [0x22, 0xFF, 0x22]
        case 8: Array(EventLine.valid.with("ts", #""2024-02-30T00:00:00Z""#).text.utf8)
        default: Array(EventLine.event("\(index)").utf8)
        }
    }
    private static let bad = [lines[2], lines[5], lines[8]]

    private func ingest(
        _ lines: [[UInt8]] = lines, maximumRatio: Double, threadCount: Int = 2, isDryRun: Bool = false,
    ) throws -> IngestReport {
        var ingestion = workshop.ingestion(threadCount: threadCount)
        ingestion.rejectPolicy = .quarantine(maximumRatio: maximumRatio)
        let first = try workshop.folder.write(Array(lines[..<4].joined(separator: [0x0A])), as: "a.jsonl")
        let second = try workshop.folder.write(Array(lines[4...].joined(separator: [0x0A])) + [0x0A], as: "b.jsonl")
        return try ingestion.run([.file(first), .file(second)], run: identifier, isDryRun: isDryRun)
    }

    private func rejects(_ name: String) throws -> [UInt8] {
        try File.read(workshop.folder.path.appending("rejects/\(identifier)/\(name)"))
    }

    @Test(arguments: [1, 2, 7])
    func theyAreSetAsideAsTheyCame(threadCount: Int) throws {
        let report = try ingest(maximumRatio: 0.34, threadCount: threadCount)
        #expect(report.eventCount == 6)
        #expect(report.rejectCounts.map(\.count) == [1, 1, 1])
        #expect(report.rejectsFolder?.lastComponent?.string == identifier.description)
        #expect(try rejects("records.jsonl") == QuarantineTests.bad.flatMap { $0 + [0x0A] })
        let places = try rejects("reasons.jsonl").split(separator: 0x0A).map { line in
            try JSONDecoder().decode(Reason.self, from: Data(line))
        }
        #expect(places.map(\.line) == [3, 2, 5])
        #expect(places.map { $0.input.suffix(7) } == ["a.jsonl", "b.jsonl", "b.jsonl"])
        #expect(places.map(\.field) == ["v", "record", "ts"])
        #expect(places[2].reason == "no such date in the calendar")
    }

    /// What was set aside can be corrected and fed in again: the reasons are those of the lines themselves.
    @Test func whatWasSetAsideIsBadForTheSameReasons() throws {
        let report = try ingest(maximumRatio: 1)
        let again = InputSource.file(workshop.folder.path.appending("rejects/\(identifier)/records.jsonl"))
        let error = #expect(throws: IngestError.self) { try workshop.ingestion().run([again], run: RunIdentifier()) }
        for (summary, _) in report.rejectCounts { #expect(error?.message.contains(summary) == true) }
    }

    @Test func tooManyReplaceNothing() throws {
        try workshop.ingest([EventLine.event("before")])
        let before = try workshop.storedFiles()
        let error = #expect(throws: IngestError.self) { try ingest(maximumRatio: 0.33) }
        #expect(error?.kind == .badInput)
        #expect(error?.message.contains("3 of 9 records are bad, more than the 0.33 that max_reject_ratio") == true)
        #expect(try workshop.storedFiles() == before)
        // They are kept all the same, to be looked at.
        #expect(try rejects("records.jsonl").count == QuarantineTests.bad.reduce(0) { $0 + $1.count + 1 })
    }

    @Test func theShareIsOfAllRecords() throws {
        #expect(throws: IngestError.self) { try ingest(maximumRatio: 0.3333) }
        #expect(try ingest(maximumRatio: 3.0 / 9).eventCount == 6)
    }

    @Test func aDryRunSetsNothingAside() throws {
        let report = try ingest(maximumRatio: 1, isDryRun: true)
        #expect(report.rejectCounts.count == 3)
        #expect(report.rejectsFolder == nil)
        #expect(!workshop.folder.fileNames.contains { $0.hasPrefix("rejects") })
    }

    /// What was not written is not pointed to.
    @Test func aDryRunWithTooManyNamesNoFolder() throws {
        let error = #expect(throws: IngestError.self) { try ingest(maximumRatio: 0, isDryRun: true) }
        #expect(error?.message.hasPrefix("3 of 9 records are bad") == true)
        #expect(error?.remedy?.contains("--dry-run") == true)
        #expect(!workshop.folder.fileNames.contains { $0.hasPrefix("rejects") })
    }

    @Test func withoutBadRecordsThereIsNoFolder() throws {
        let report = try ingest(QuarantineTests.lines.filter { !QuarantineTests.bad.contains($0) }, maximumRatio: 0)
        #expect(report.rejectsFolder == nil)
        #expect(!workshop.folder.fileNames.contains { $0.hasPrefix("rejects") })
    }

    /// Far more of them than are described where they end an ingest.
    @Test func manyInOrder() throws {
        let lines = (0..<500).map { Array("{\"bad\":\($0)".utf8) } + [Array(EventLine.event("x").utf8)]
        let report = try ingest(lines, maximumRatio: 1)
        #expect(report.rejectCounts.reduce(0) { $0 + $1.count } == 500)
        #expect(try rejects("records.jsonl") == lines.dropLast().flatMap { $0 + [0x0A] })
    }

    private struct Reason: Decodable {
        let input: String
        let line: Int
        let field: String
        let reason: String
    }
}
