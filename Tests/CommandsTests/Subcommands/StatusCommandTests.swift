import Foundation
import SystemPackage
import TestSupport
import Testing

/// `status` tells how fresh what is served is; with limits, by its exit code too.
@Suite struct StatusCommandTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
        try demoFolder.publish()
    }

    @Test func theOwnersAndTheirRuns() throws {
        _ = try demoFolder.pipelines("run \(demo) --start 2026-01-04 --end 2026-01-04 --input none.jsonl")
        let result = try demoFolder.succeed("status --format json")
        let owners = try #require(result.object?["owners"] as? [[String: Any]])
        let owner = try #require(owners.first)
        #expect(owners.count == 1)
        #expect(owner["tenant"] as? String == "demo")
        #expect(owner["last_day"] as? String == "2026-01-03")
        #expect((owner["current"] as? [[String: Any]])?.count == 4)
        let run = try #require(owner["last_run"] as? [String: Any])
        #expect(run["status"] as? String == "error")
        #expect(run["kind"] as? String == "not_found")
        #expect(try demoFolder.succeed("status").text.contains("demo/home: the last run failed: none.jsonl"))
        try demoFolder.succeed("run \(demo) --start 2026-01-03 --end 2026-01-03 --input exposure.jsonl --quiet")
        #expect(try !demoFolder.succeed("status").text.contains("the last run failed"))
    }

    @Test(arguments: [
        ("--max-age-hours 1", 0), ("--max-days-behind 10000", 0), ("--max-days-behind 1", 4),
        ("--max-days-behind 1 --format json", 4), ("--tenant other", 8), ("--surface home", 0),
        ("--segment none", 8), ("--max-age-hours -1", 2),
    ])
    func exitCodes(flags: String, exitCode: Int32) throws {
        let result = try demoFolder.pipelines("status \(flags)")
        #expect(result.exitCode == exitCode)
        if exitCode == 4 {
            #expect(result.standardError.contains("demo/home: "))
            #expect(result.standardError.contains("days behind, --max-days-behind allows 1"))
            #expect(result.text.contains("2026-01-03"))
        }
    }

    @Test func whatIsMissingIsTold() throws {
        try FileManager.default.removeItem(atPath: demoFolder.out.appending("objectstore/demo/home/cooc").string)
        let result = try demoFolder.pipelines("status")
        #expect(result.exitCode == 5)
        #expect(result.standardError.contains(": this blob is missing, "))
    }
}
