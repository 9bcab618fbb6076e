import Foundation
import SystemPackage
import TestSupport
import Testing

/// `gc` tells what would go, and takes it out when it is told to; `pin` and `unpin` say what must stay.
@Suite struct CollectCommandTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
        try demoFolder.publish()
    }

    /// Makes all that is recorded old.
    private func age() throws {
        for name in demoFolder.content.fileNames where name.hasPrefix("registry/") || name.hasPrefix("objectstore/") {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1_000_000_000)],
                ofItemAtPath: demoFolder.out.appending(name).string)
        }
    }

    private func popularity() throws -> [String] {
        let result = try demoFolder.succeed("versions \(demo) --kind popularity --format json")
        let versions = try #require(result.object?["versions"] as? [[String: Any]])
        return versions.compactMap { $0["version"] as? String }
    }

    /// A name that is mistyped is no success, week after week.
    @Test(arguments: ["--out-dir typo", "--tenant typo", "--surface typo"])
    func nothingOfThatName(options: String) throws {
        for mode in ["", " --apply"] {
            let result = try demoFolder.pipelines("gc \(options)\(mode)")
            #expect(result.exitCode == 8)
            #expect(result.standardError.contains("no tenant and surface that is asked for"))
            #expect(demoFolder.folder.fileNames(containing: "typo").isEmpty)
        }
    }

    @Test func whatTheySay() throws {
        let first = try popularity()[0].prefix(12)
        var transcript = Transcript(demoFolder)
        try transcript.run("recsys-pipelines gc")
        try age()
        try transcript.run("recsys-pipelines pin \(first) \(demo) --reason 'a baseline'")
        try transcript.run("recsys-pipelines pin \(first) \(demo)")
        try transcript.run("recsys-pipelines versions \(demo) --kind popularity")
        try transcript.run("recsys-pipelines gc --grace-days 0 --keep-versions 0")
        try transcript.run("recsys-pipelines gc --grace-days 0 --keep-versions 0 --apply")
        try transcript.run("recsys-pipelines gc --apply --format json")
        try transcript.run("recsys-pipelines rollback \(demo)")
        try transcript.run("recsys-pipelines rollback \(demo) --steps 2 --kind popularity")
        try transcript.run("recsys-pipelines unpin \(first) \(demo)")
        try transcript.run("recsys-pipelines unpin 00000000 \(demo) --format json")
        try transcript.run("recsys-pipelines gc --keep-days 1 --tenant demo --surface home")
        try transcript.run("recsys-pipelines gc --keep-days 0")
        try transcript.run("recsys-pipelines pin 123 \(demo)")
        try Snapshot.expect(transcript.text.replacing(first, with: "<first>"), is: "gc-pin")
    }

    @Test func aDryRunChangesNothing() throws {
        try age()
        let before = demoFolder.content
        try demoFolder.succeed("gc --grace-days 0 --keep-versions 0 --keep-days 1")
        try demoFolder.succeed("pin \(popularity()[0]) \(demo) --dry-run")
        try demoFolder.succeed("unpin \(popularity()[0]) \(demo) --dry-run")
        #expect(demoFolder.content.changes(since: before).filter { !$0.isEmpty } == [])
    }

    /// One surface that is damaged keeps none of the others from being cleaned.
    @Test func aDamagedSurfaceIsPassedOver() throws {
        try demoFolder.succeed(
            "run --tenant demo --surface aisle --start 2026-01-01 --end 2026-01-02 --input aisle.jsonl --quiet",
            input: "", writing: "aisle")
        try age()
        try demoFolder.damage("registry/current/demo/aisle/manifest.json", beforeEnd: 3)
        let result = try demoFolder.pipelines("gc --grace-days 0 --keep-versions 0 --apply --format json")
        #expect(result.exitCode == 5)
        #expect(try popularity().count == 1)
    }
}

extension DemoFolder {
    /// Runs what must succeed on the demo's events of another surface.
    fileprivate func succeed(_ line: String, input: String, writing surface: String) throws {
        let events = String(decoding: try folder.read("exposure.jsonl"), as: UTF8.self)
        try write(events.replacing(#""surface":"home""#, with: "\"surface\":\"\(surface)\""), as: "\(surface).jsonl")
        try succeed(line, input: input)
    }
}
