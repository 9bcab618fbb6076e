import Foundation
import Platform
import SystemPackage
import TestSupport
import Testing

/// `run --lineage-file` writes what OpenLineage asks of a run, however it ends.
@Suite struct RunLineageTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
    }

    /// What the tests look at of an event.
    private struct Event: Decodable {
        struct Run: Decodable {
            let runId: UUID
            let facets: Facets
        }
        struct Facets: Decodable {
            let nominalTime: NominalTime?
            let errorMessage: ErrorMessage?
        }
        struct NominalTime: Decodable {
            let nominalStartTime: String
            let nominalEndTime: String
        }
        struct ErrorMessage: Decodable { let message: String }
        struct Job: Decodable {
            let namespace: String
            let name: String
        }
        struct Dataset: Decodable {
            struct Facets: Decodable { let version: Version? }
            struct Version: Decodable { let datasetVersion: String }
            let namespace: String
            let name: String
            let facets: Facets?
        }
        let eventType: String
        let eventTime: String
        let producer: String
        let schemaURL: String
        let run: Run
        let job: Job
        let inputs: [Dataset]
        let outputs: [Dataset]
    }

    private func events() throws -> [Event] {
        let text = String(decoding: try demoFolder.folder.read("run.lineage"), as: UTF8.self)
        return try text.split(separator: "\n").map { try JSONDecoder().decode(Event.self, from: Data($0.utf8)) }
    }

    private static let run = "run \(demo) --lineage-file run.lineage --quiet"

    @Test func whatARunReadAndMade() throws {
        let run = "\(RunLineageTests.run) --input exposure.jsonl --format json"
        let result = try demoFolder.succeed("\(run) --start 2026-01-01 --end 2026-01-02")
        let events = try events()
        #expect(events.map(\.eventType) == ["START", "COMPLETE"])
        #expect(events[0].eventTime < events[1].eventTime)
        #expect(events[0].inputs.isEmpty && events[0].outputs.isEmpty)
        for event in events {
            #expect(event.job.namespace == "recsys-pipelines")
            #expect(event.job.name == "run.demo.home")
            #expect(event.schemaURL == "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent")
            #expect(URL(string: event.producer)?.scheme == "urn")
            #expect(event.run.facets.nominalTime?.nominalStartTime == "2026-01-01T00:00:00Z")
            #expect(event.run.facets.nominalTime?.nominalEndTime == "2026-01-03T00:00:00Z")
            #expect(event.run.facets.errorMessage == nil)
        }
        let folder = demoFolder.folder.path.string
        #expect(events[1].inputs.map(\.name) == ["\(folder)/exposure.jsonl"])
        let out = "\(folder)/.out"
        let kinds = ["cooc", "implicit", "popularity", "session_seq"]
        #expect(
            events[1].outputs.map(\.name)
                == ["\(out)/canonical/demo/home/exposures"] + kinds.map { "\(out)/objectstore/demo/home/\($0)" })
        for dataset in events[1].outputs.dropFirst() {
            let version = try #require(dataset.facets?.version?.datasetVersion)
            #expect(FileManager.default.fileExists(atPath: "\(dataset.name)/\(version).rsart"))
        }
        let runIdentifier = try #require(result.text.firstMatch(of: /"run_id":"([^"]*)"/)?.output.1)
        let digits = SHA256Digest(of: Array(runIdentifier.utf8).rawSpan).hexadecimal
        let uuid = events[1].run.runId.uuidString.lowercased()
        #expect(events[0].run.runId == events[1].run.runId)
        #expect(uuid.prefix(13) == "\(digits.prefix(8))-\(digits.dropFirst(8).prefix(4))")
        #expect(uuid.dropFirst(14).first == "8" && uuid.dropFirst(19).first == "8")
    }

    @Test func aRunThatFails() throws {
        let result = try demoFolder.pipelines(
            "\(RunLineageTests.run) --input nowhere.jsonl --start 2026-01-01 --end 2026-01-02")
        #expect(result.exitCode == 8)
        let events = try events()
        #expect(events.map(\.eventType) == ["START", "FAIL"])
        #expect(events[1].run.facets.errorMessage?.message == "nowhere.jsonl: no such file or folder")
        #expect(events[1].outputs.isEmpty)
    }

    @Test func aDryRunWritesNothing() throws {
        try demoFolder.succeed(
            "\(RunLineageTests.run) --input exposure.jsonl --start 2026-01-01 --end 2026-01-02 --dry-run")
        #expect(demoFolder.folder.fileNames(containing: "lineage").isEmpty)
    }
}
