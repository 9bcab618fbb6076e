import Foundation
import FoundationXML
import TestSupport
import Testing

/// `validate` says what the gates measure, in text, JSON and JUnit XML, and publishes nothing.
@Suite struct ValidateCommandTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
        try demoFolder.succeed("ingest exposure.jsonl")
    }

    private static let twoDays = "\(demo) --start 2026-01-01 --end 2026-01-02"

    @Test func whatItSays() throws {
        var transcript = Transcript(demoFolder)
        try transcript.run("recsys-pipelines validate \(demo) \(demoWeek)")
        try demoFolder.folder.write(
            #"{"gates": {"min_events": "fail 25", "max_latest_event_age_hours": "warn 0"}}"#, as: "gates.json")
        try transcript.run("recsys-pipelines validate \(ValidateCommandTests.twoDays) --config gates.json")
        try transcript.run(
            "recsys-pipelines validate \(ValidateCommandTests.twoDays) --config gates.json --override min_events=few")
        try transcript.run("recsys-pipelines validate \(demo) --start 2020-01-01 --end 2020-01-02")
        try transcript.run("recsys-pipelines validate \(ValidateCommandTests.twoDays) --override min_event=few")
        try transcript.run("recsys-pipelines validate \(ValidateCommandTests.twoDays) --override min_events=")
        try transcript.run(
            "recsys-pipelines run \(ValidateCommandTests.twoDays) --config gates.json --input exposure.jsonl --quiet")
        try Snapshot.expect(transcript.text, is: "validate")
    }

    @Test func resultsForPrograms() throws {
        let result = try demoFolder.pipelines(
            "validate \(ValidateCommandTests.twoDays) --format json",
            environment: ["RECSYS_GATES_MIN_EVENTS": "fail 25"])
        #expect(result.exitCode == 4)
        let gates = try #require(result.object?["gates"] as? [[String: Any]])
        let refused = gates.filter { $0["outcome"] as? String == "refused" }
        #expect(refused.map { $0["day"] as? String } == ["2026-01-01", "2026-01-02"])
        #expect(refused.first?["gate"] as? String == "min_events")
        #expect(refused.first?["value"] as? Double == 21)
        #expect(refused.first?["threshold"] as? Double == 25)
    }

    /// The file is there although the command fails, and is read by a parser that is not ours.
    @Test func resultsForTestReports() throws {
        let result = try demoFolder.pipelines(
            "validate \(ValidateCommandTests.twoDays) --junit report.xml",
            environment: ["RECSYS_GATES_MIN_EVENTS": "fail 25", "RECSYS_GATES_MAX_SESSIONS": "warn 1"])
        #expect(result.exitCode == 4)
        let document = try XMLDocument(data: Data(demoFolder.folder.read("report.xml")))
        let root = try #require(document.rootElement())
        let suites = root.elements(forName: "testsuite")
        #expect(
            suites.compactMap { $0.attribute(forName: "name")?.stringValue }
                == ["demo/home 2026-01-01", "demo/home 2026-01-02"])
        let cases = suites.flatMap { $0.elements(forName: "testcase") }
        #expect(root.attribute(forName: "tests")?.stringValue == "\(cases.count)")
        #expect(root.attribute(forName: "failures")?.stringValue == "2")
        let failures = cases.flatMap { $0.elements(forName: "failure") }
        #expect(
            failures.first?.attribute(forName: "message")?.stringValue
                == "2026-01-01: min_events: 21 events, at least 25 passes")
        #expect(cases.filter { !$0.elements(forName: "system-out").isEmpty }.count >= 2)
    }

    /// Where there is nothing to report, the report says why.
    @Test func aReportOfADamagedPartition() throws {
        try demoFolder.damage("canonical/demo/home/exposures/2026-01-02.rspart", beforeEnd: 200)
        let result = try demoFolder.pipelines("validate \(ValidateCommandTests.twoDays) --junit report.xml")
        #expect(result.exitCode == 5)
        let document = try XMLDocument(data: Data(demoFolder.folder.read("report.xml")))
        let root = try #require(document.rootElement())
        #expect(root.attribute(forName: "errors")?.stringValue == "1")
        let cases = root.elements(forName: "testsuite").flatMap { $0.elements(forName: "testcase") }
        let error = try #require(cases.first?.elements(forName: "error").first)
        #expect(error.attribute(forName: "message")?.stringValue?.contains("2026-01-02.rspart") == true)
    }
}
