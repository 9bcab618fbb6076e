import TestSupport
import Testing

/// `ingest` tells what it read and wrote; bad input replaces nothing.
@Suite struct IngestCommandTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
    }

    private static let badLines = """
        {"v":1,"ts":"2026-01-01T00:00:00Z","tenant":"demo","surface":"home","session_id":"s","item_id":"i"}
        {"v":2,"ts":"2026-01-01T00:00:00Z","tenant":"demo","surface":"home","session_id":"s","item_id":"i"}
        {"v":1,"ts":"2026-01-01T00:00:00","tenant":"demo","surface":"home","session_id":"s","item_id":"i"}

        {"v":1,"ts":"2026-01-01T00:00:00Z","tenant":"../x","surface":"home","session_id":"s","item_id":"i"}
        {"v":1,"ts":"2026-01-01T00:00:00Z","tenant":"demo","surface":"home","session_id":" ","item_id":"i"}
        {"v":1,"ts":"2026-01-01T00:00:00Z","tenant":"demo","surface":"home","session_id":"s","item_id":"i","rank":-1}
        """

    @Test func whatItSays() throws {
        var transcript = Transcript(demoFolder)
        try transcript.run("recsys-pipelines ingest exposure.jsonl --dry-run")
        try transcript.run("recsys-pipelines ingest exposure.jsonl")
        try transcript.run("recsys-pipelines ingest exposure.jsonl --start 2026-01-06 --end 2026-01-07 --surface shop")
        try transcript.run("recsys-pipelines ingest exposure.jsonl --start 2026-01-07 --end 2026-01-09 --dry-run")
        try transcript.run("recsys-pipelines ingest - --format json", input: Written.line(#""item_id":"i","x":1"#))
        try transcript.run("recsys-pipelines ingest exposure.jsonl \(demo) --start 2026-01-07 --end 2026-01-07")
        try Snapshot.expect(transcript.text, is: "ingest")
    }

    @Test func badRecordsAreToldWithTheirPlaces() throws {
        try demoFolder.succeed("ingest exposure.jsonl")
        let before = demoFolder.content
        try demoFolder.write(IngestCommandTests.badLines, as: "bad.jsonl")
        var transcript = Transcript(demoFolder)
        try transcript.run("recsys-pipelines ingest bad.jsonl")
        try transcript.run("recsys-pipelines ingest - --format json", input: "{}\n")
        let many = String(repeating: "[]\n", count: 25)
        try transcript.run("recsys-pipelines ingest exposure.jsonl -", input: many)
        try transcript.run("recsys-pipelines run \(demo) \(demoWeek) --input bad.jsonl")
        try Snapshot.expect(transcript.text, is: "ingest-bad-records")
        #expect(demoFolder.content.differences(from: before).isEmpty)
    }

    @Test func theStandardInputByItsOtherNameIsGivenTwice() throws {
        let result = try demoFolder.pipelines("ingest - /dev/stdin", input: Written.line(#""item_id":"i""#))
        #expect(result.exitCode == 2)
        #expect(result.standardError.hasPrefix("error: /dev/stdin: the same file as -\n"))
    }

    @Test func oneUnknownFieldIsNotMany() throws {
        let one = try demoFolder.succeed("ingest - --dry-run", input: Written.line(#""item_id":"i","x":1"#))
        #expect(one.text.contains("\n  1 unknown field, ignored\n"))
        let two = try demoFolder.succeed("ingest - --dry-run", input: Written.line(#""item_id":"i","x":1,"y":2"#))
        #expect(two.text.contains("\n  2 unknown fields, ignored\n"))
    }

    @Test func feedingTheSameAgainChangesNoPartition() throws {
        try demoFolder.succeed("ingest exposure.jsonl")
        let before = demoFolder.content
        try demoFolder.succeed("ingest exposure.jsonl")
        #expect(demoFolder.content.differences(from: before).allSatisfy { $0.hasPrefix("ledger/") })
    }

    @Test func aStrictSchemaRefusesUnknownFields() throws {
        try demoFolder.write("{\"strict_schema\":true}", as: "settings.json")
        let line = Written.line(#""item_id":"i","colour":"red""#)
        let result = try demoFolder.pipelines("ingest - --config settings.json", input: line)
        #expect(result.exitCode == 3)
        #expect(result.standardError.hasPrefix("error: -:1: "))
        #expect(result.standardError.contains("colour"))
        #expect(demoFolder.content.fileNames.isEmpty)
    }

    @Test func anInputThatIsGivenTwiceIsAMistake() throws {
        let result = try demoFolder.pipelines("ingest exposure.jsonl ./exposure.jsonl --format json")
        #expect(result.exitCode == 2)
        #expect(result.standardError.hasPrefix("error: ./exposure.jsonl: the same file as exposure.jsonl\n  name each"))
        #expect(result.object?["kind"] as? String == "usage")
        #expect(demoFolder.content.fileNames.isEmpty)
    }

    @Test func theLimitOfLinesCanBeRaised() throws {
        let line = Written.line("\"item_id\":\"i\",\"x\":\"\(String(repeating: "x", count: 5 << 20))\"")
        try demoFolder.write(line + Written.line(#""item_id":"i""#), as: "long.jsonl")
        let refused = try demoFolder.pipelines("ingest long.jsonl")
        #expect(refused.exitCode == 3)
        #expect(refused.standardError.hasPrefix("error: long.jsonl:1: record: longer than 1048576 bytes\n"))
        let raised = try demoFolder.pipelines(
            "ingest long.jsonl --format json", environment: ["RECSYS_LIMITS_MAX_LINE_BYTES": "\(6 << 20)"])
        #expect(raised.exitCode == 0)
        #expect(raised.object?["events"] as? Int == 2)
    }

    @Test func aMisspelledVariableIsAMistake() throws {
        let result = try demoFolder.pipelines("ingest exposure.jsonl", environment: ["RECSYS_OUT_DIRR": "x"])
        #expect(result.exitCode == 2)
        #expect(
            result.standardError.hasPrefix("error: RECSYS_OUT_DIRR: no such setting\n  did you mean RECSYS_OUT_DIR?"))
    }

    @Test func aFolderStandsForItsFiles() throws {
        let folder = try DemoFolder()
        try folder.succeed("ingest .")
        try demoFolder.succeed("ingest exposure.jsonl")
        let changes = folder.content.differences(from: demoFolder.content)
        #expect(changes.allSatisfy { $0.hasPrefix("ledger/") }, "\(changes)")
    }
}

/// Events written for a test.
enum Written {
    /// An event of the first second of 2026 with these members beside those that are needed.
    static func line(_ members: String, time: String = "2026-01-01T00:00:00Z", session: String = "s") -> String {
        #"{"v":1,"ts":"\#(time)","tenant":"demo","surface":"home","session_id":"\#(session)",\#(members)}"# + "\n"
    }
}
