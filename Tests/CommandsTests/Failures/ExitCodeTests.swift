import Foundation
import Platform
import SystemPackage
import TestSupport
import Testing

/// Each kind of failure has its exit code, says so in text and as an object, and leaves everything as it was.
@Suite struct ExitCodeTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
        try demoFolder.publish(through: 2)
        try demoFolder.succeed("compute popularity cooc \(demo) --start 2026-01-01 --end 2026-01-02")
    }

    /// Runs a command in text and in JSON.
    private func expectFailure(
        _ line: String, _ code: Int32, _ message: String, _ kind: FailureKind, input: String = "",
        environment: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation,
    ) throws {
        let before = demoFolder.content
        let text = try demoFolder.pipelines(line, input: input, environment: environment)
        #expect(text.exitCode == code, "\(text.standardError)", sourceLocation: sourceLocation)
        #expect(text.standardError.hasPrefix("error: "), sourceLocation: sourceLocation)
        #expect(text.standardError.contains(message), "\(text.standardError)", sourceLocation: sourceLocation)
        #expect(text.standardOutput.isEmpty, sourceLocation: sourceLocation)
        let json = try demoFolder.pipelines("\(line) --format json", input: input, environment: environment)
        #expect(json.exitCode == code, sourceLocation: sourceLocation)
        #expect(json.standardError == text.standardError, sourceLocation: sourceLocation)
        let object = try #require(json.object, sourceLocation: sourceLocation)
        #expect(object["command"] as? String == words(of: line)[0], sourceLocation: sourceLocation)
        #expect(object["status"] as? String == "error", sourceLocation: sourceLocation)
        #expect(object["exit_code"] as? Int == Int(code), sourceLocation: sourceLocation)
        #expect(object["kind"] as? String == kind.rawValue, sourceLocation: sourceLocation)
        #expect((object["message"] as? String)?.contains(message) == true, sourceLocation: sourceLocation)
        let changes = demoFolder.content.differences(from: before).filter { !$0.hasPrefix("locks/") }
        #expect(changes.isEmpty, "\(changes)", sourceLocation: sourceLocation)
    }

    /// Every code with its word is in the page, and the page has no other.
    @Test func thePageNamesEveryCode() throws {
        let page = DemoFolder.packageRoot.appending(components: "docs", "reference", "exit-codes.md")
        let rows = try String(contentsOf: page, encoding: .utf8).matches(of: /\n\| ([0-9]+) \| (`[a-z_]*`)? ?\|/)
        let documented = rows.map { "\($0.output.1) \($0.output.2 ?? "")" }
        let kinds = FailureKind.allCases.map { "\($0.exitCode) `\($0.rawValue)`" }
        #expect(documented == ["0 ", "1 `unexpected`"] + kinds + ["130 `interrupted`", "143 `interrupted`"])
    }

    @Test func badInputIs3() throws {
        try expectFailure(
            "ingest -", 3, "-:2: ts: missing", .badInput, input: Written.line(#""item_id":"i""#) + #"{"v":1}"#)
        try demoFolder.write("\u{1F}\u{8B}", as: "x")
        _ = try demoFolder.folder.write([0x28, 0xB5, 0x2F, 0xFD, 0], as: "events.jsonl.zst")
        try expectFailure("ingest events.jsonl.zst", 3, "events.jsonl.zst: cut off", .badInput)
        _ = try demoFolder.folder.write([0x1F, 0x8B, 8, 0], as: "events.jsonl.gz")
        try expectFailure("ingest exposure.jsonl events.jsonl.gz", 3, "events.jsonl.gz: cut off", .badInput)
        try demoFolder.write("tags\nx\n", as: "bad.csv")
        try expectFailure(
            "compute content_sim \(demo) \(demoWeek)", 3, "bad.csv", .badInput,
            environment: ["RECSYS_CATALOG": "bad.csv"])
    }

    @Test func aLimitIs4() throws {
        try demoFolder.write(
            #"{"limits":{"max_events_per_run":30,"max_days_backfill":5}}"#, as: "small.json")
        try expectFailure("ingest exposure.jsonl --config small.json", 4, "more than 30 events", .refused)
        try expectFailure("run \(demo) \(demoWeek) --config small.json --input exposure.jsonl", 4, "7 days", .refused)
        try demoFolder.write(#"{"limits":{"max_users_per_run":3}}"#, as: "users.json")
        try expectFailure(
            "compute implicit \(demo) \(demoWeek) --config users.json", 4, "limits.max_users_per_run", .refused)
    }

    @Test func aDamagedPartitionIs5() throws {
        try demoFolder.damage("canonical/demo/home/exposures/2026-01-02.rspart", beforeEnd: 20)
        try expectFailure("compute cooc \(demo) \(demoWeek)", 5, "2026-01-02.rspart: ", .corruption)
        try expectFailure("ingest exposure.jsonl", 5, "2026-01-02.rspart: ", .corruption)
        // The whole truth of the day needs nothing of what was there.
        try demoFolder.publish(through: 2)
        try demoFolder.succeed("compute cooc \(demo) \(demoWeek)")
    }

    @Test func aDamagedArtifactIs5() throws {
        let staged = try demoFolder.file("artifacts/demo/home/_/cooc/", ".rsart")
        try demoFolder.damage(staged)
        let days = "--start 2026-01-01 --end 2026-01-02"
        try expectFailure("publish \(demo) \(days)", 5, staged, .corruption)
        try expectFailure("publish \(demo) \(days) --dry-run", 5, staged, .corruption)
        for name in demoFolder.content.fileNames where name.hasPrefix("objectstore/demo/home/cooc/") {
            try demoFolder.damage(name)
        }
        try expectFailure("rollback \(demo)", 5, "its SHA-256 is", .corruption)
        let exported = try demoFolder.pipelines("export cooc \(demo)")
        #expect(exported.exitCode == 5)
        #expect(exported.standardOutput.isEmpty)
    }

    @Test func aDamagedHistoryIs5() throws {
        let name = "history/demo/home/00000001.json"
        _ = try demoFolder.folder.write(Array("{\"v\":1".utf8), as: ".out/registry/\(name)")
        try expectFailure("rollback \(demo)", 5, name, .corruption)
    }

    @Test func aDamagedManifestIs5() throws {
        _ = try demoFolder.folder.write([], as: ".out/registry/current/demo/home/manifest.json")
        try expectFailure("versions \(demo)", 5, "manifest.json: not a manifest of demo/home", .corruption)
        try expectFailure("publish \(demo) --start 2026-01-01 --end 2026-01-02", 5, "manifest.json", .corruption)
    }

    @Test func aHeldLockIs6() throws {
        let locks = demoFolder.out.appending("locks/demo/home")
        try FileLock.holding([FileLock.Request(locks.appending("partitions.lock"))]) {
            try expectFailure("ingest exposure.jsonl", 6, "partitions.lock: another process holds", .conflict)
            try expectFailure("run \(demo) \(demoWeek) --input exposure.jsonl", 6, "partitions.lock", .conflict)
            try demoFolder.succeed("ingest exposure.jsonl --dry-run")
        }
        try FileLock.holding([FileLock.Request(locks.appending("publish.lock"))]) {
            try expectFailure("publish \(demo) --start 2026-01-01 --end 2026-01-02", 6, "publish.lock", .conflict)
            try expectFailure("rollback \(demo)", 6, "publish.lock", .conflict)
            try demoFolder.succeed("versions \(demo)")
            try demoFolder.succeed("export cooc \(demo)")
        }
        try demoFolder.succeed("publish \(demo) --start 2026-01-01 --end 2026-01-02")
    }

    @Test func whatIsNotThereIs8() throws {
        try expectFailure("ingest nothing.jsonl", 8, "nothing.jsonl: no such file", .notFound)
        try expectFailure("versions \(demo) --config nothing.json", 8, "nothing.json: cannot open", .notFound)
        try expectFailure("versions --tenant none --surface home", 8, "none/home: nothing is published", .notFound)
        try expectFailure("versions \(demo) --segment none", 8, "demo/home/none: nothing is published", .notFound)
        try expectFailure("rollback \(demo) --to 0000", 8, "no manifest before", .notFound)
        try expectFailure("rollback \(demo) --steps 2", 8, "not 2", .notFound)
        try expectFailure("publish \(demo) \(demoWeek)", 8, "nothing is staged", .notFound)
        let days = "--start 2027-01-01 --end 2027-01-01"
        try expectFailure("compute cooc \(demo) \(days)", 8, "no events of 2027-01-01", .notFound)
        try expectFailure("run \(demo) \(days) --input exposure.jsonl", 8, "no events of 2027-01-01", .notFound)
        try expectFailure(
            "run --tenant none --surface home \(demoWeek) --input exposure.jsonl", 8, "none/home", .notFound)
        try expectFailure("run \(demo) \(demoWeek)", 8, ".out/raw_events: no exposure.jsonl", .notFound)
        #expect(try demoFolder.pipelines("export cooc \(demo) --version 0000").exitCode == 8)
        #expect(try demoFolder.pipelines("export --file nothing.rsart").exitCode == 8)
        #expect(try demoFolder.dumpTool("nothing.rspart").exitCode == 8)
    }
}
