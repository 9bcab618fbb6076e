import TestSupport
import Testing

/// `run` tells what it published, and does all of it or nothing.
@Suite struct RunCommandTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
    }

    @Test func whatItSays() throws {
        var transcript = Transcript(demoFolder)
        let line = "recsys-pipelines run \(demo) --input exposure.jsonl"
        try transcript.run("\(line) --start 2026-01-01 --end 2026-01-03 --dry-run")
        try transcript.run("\(line) --start 2026-01-01 --end 2026-01-03")
        try transcript.run("\(line) --start 2026-01-01 --end 2026-01-03 --quiet")
        try transcript.run("\(line) --start 2026-01-03 --end 2026-01-03")
        try transcript.run("\(line) --start 2026-01-07 --end 2026-01-09 --window-days 2")
        try transcript.run("\(line) --start 2026-01-02 --end 2026-01-02 --segment new --format json")
        try Snapshot.expect(transcript.text, is: "run")
    }

    @Test func theSameRunAgainChangesNothingThatIsServed() throws {
        try demoFolder.publish()
        let before = demoFolder.content
        try demoFolder.publish()
        let changes = demoFolder.content.differences(from: before).filter { !$0.hasPrefix("ledger/") }
        // Days one and two are published again, and so become current for a moment.
        #expect(changes.allSatisfy { $0.hasPrefix("registry/") || $0.hasPrefix("checkpoints/") }, "\(changes)")
        #expect(changes.allSatisfy { !$0.hasPrefix("registry/records/") }, "\(changes)")
    }

    @Test func inputFromTheSourceFolder() throws {
        try demoFolder.publish(through: 2)
        let other = try DemoFolder()
        try other.write("{\"raw_events_dir\":\".\"}", as: "settings.json")
        let result = try other.succeed("run \(demo) --start 2026-01-01 --end 2026-01-02 --config settings.json")
        #expect(result.text.contains("published 2 days"))
        let byEnvironment = try DemoFolder().pipelines(
            "run \(demo) --start 2026-01-01 --end 2026-01-02", environment: ["RECSYS_RAW_EVENTS_DIR": "."])
        #expect(byEnvironment.withoutDurations == result.withoutDurations)
        let changes = other.content.differences(from: demoFolder.content).filter { $0.hasPrefix("objectstore/") }
        #expect(changes.isEmpty)
    }

    @Test func inputWithoutEventsOfTheDaysReplacesNothing() throws {
        try demoFolder.publish()
        let before = demoFolder.content
        try demoFolder.write("", as: "empty.jsonl")
        let result = try demoFolder.pipelines("run \(demo) --start 2026-01-01 --end 2026-01-03 --input empty.jsonl")
        #expect(result.exitCode == 8)
        let expected = "error: demo/home: the input has no events of 2026-01-01 to 2026-01-03"
        #expect(result.standardError.hasPrefix(expected))
        #expect(demoFolder.content.differences(from: before).isEmpty)
    }
}

/// `run --incremental` is the same command every night.
@Suite struct IncrementalRunCommandTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
        let text = String(decoding: try demoFolder.folder.read("exposure.jsonl"), as: UTF8.self)
        for day in [1, 2, 4].map({ "2026-01-0\($0)" }) {
            let lines = text.split(separator: "\n").filter { $0.contains("\"ts\":\"\(day)") }
            try demoFolder.folder.write(
                lines.joined(separator: "\n") + "\n", as: ".out/raw_events/demo/home/exposure.\(day).jsonl")
        }
    }

    @Test func whatItSays() throws {
        var transcript = Transcript(demoFolder)
        try transcript.run("recsys-pipelines run \(demo) --incremental --end 2026-01-01")
        try transcript.run("recsys-pipelines run \(demo) --incremental --start 2026-01-01 --end 2026-01-01")
        try transcript.run("recsys-pipelines run \(demo) --incremental --start 2026-01-01 --end 2026-01-01")
        try transcript.run("recsys-pipelines run \(demo) --incremental --end 2026-01-04")
        try transcript.run("recsys-pipelines run \(demo) --incremental --end 2026-01-04")
        try transcript.run("recsys-pipelines run \(demo) --start 2026-01-04 --end 2026-01-04 --skip-existing")
        try transcript.run("recsys-pipelines run \(demo) --incremental --end 2026-01-04")
        try transcript.run("recsys-pipelines run \(demo)")
        try Snapshot.expect(transcript.text, is: "run-incremental")
    }

    /// Events that are not there yet are waited for: their days are not published, and nothing of them is removed.
    @Test(arguments: [true, false])
    func anInputThatEndsEarly(isNamed: Bool) throws {
        let world = try DemoFolder()
        let early =
            "{\"v\":1,\"ts\":\"2026-01-09T08:00:00Z\",\"tenant\":\"demo\",\"surface\":\"home\","
            + "\"session_id\":\"s\",\"item_id\":\"i\"}\n"
        try world.succeed("ingest -", input: early)
        let events = String(decoding: try world.folder.read("exposure.jsonl"), as: UTF8.self)
        if !isNamed { try world.folder.write(events, as: ".out/raw_events/exposure.jsonl") }
        let run = "run \(demo) --incremental --start 2026-01-06" + (isNamed ? " --input exposure.jsonl" : "")
        for _ in 1...2 {
            let result = try world.pipelines("\(run) --end 2026-01-09")
            #expect(result.exitCode == 8)
            #expect(result.standardError.contains("no events"), "\(result.standardError)")
            #expect(try world.succeed("status").text.contains(" 2026-01-07 "))
            #expect(world.content.fileNames.contains("canonical/demo/home/exposures/2026-01-09.rspart"))
        }
        #expect(try world.succeed("\(run) --end 2026-01-07").text.contains("up to date"))
    }
}
