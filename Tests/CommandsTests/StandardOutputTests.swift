import SystemPackage
import TestSupport
import Testing

/// Data goes to standard output and notes to standard error; a reader that has had enough is no failure.
@Suite struct StandardOutputTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
        try demoFolder.publish(through: 2)
    }

    private static let partition = ".out/canonical/demo/home/exposures/2026-01-01.rspart"

    @Test(arguments: [
        "rows \(partition)", "rows \(partition) --format csv", "\(partition)", "\(partition) --format json",
        "columns \(partition)", "blocks \(partition)", "dictionary \(partition) item", "--help",
    ])
    func aClosedPipeIsNoFailureOfTheDumpTool(line: String) throws {
        let result = try demoFolder.dumpTool(line, output: .closedPipe)
        #expect(result.exitCode == 0)
        #expect(result.standardError.isEmpty)
    }

    @Test(arguments: ["versions \(demo)", "versions \(demo) --format json", "export cooc \(demo)", "--help"])
    func aClosedPipeIsNoFailure(line: String) throws {
        let result = try demoFolder.pipelines(line, output: .closedPipe)
        #expect(result.exitCode == 0)
        #expect(result.standardError.isEmpty)
    }

    @Test func theFirstRowsAreEnough() throws {
        let dumpTool = Program.dump.path
        let pipe = "set -o pipefail; \(dumpTool) rows \(StandardOutputTests.partition) | head -n 2"
        let result = try Program(path: "/bin/bash").run(["-c", pipe], in: demoFolder.folder)
        #expect(result.exitCode == 0)
        #expect(result.text.split(separator: "\n").count == 2)
        #expect(result.standardError.isEmpty)
    }

    @Test func notesAreApartFromResults() throws {
        let line = "run \(demo) --start 2026-01-01 --end 2026-01-02 --input exposure.jsonl"
        let loud = try demoFolder.succeed(line)
        let lines = loud.standardError.split(separator: "\n")
        #expect(lines.count { !$0.hasPrefix("warning: gate ") } == 2)
        #expect(loud.text.hasPrefix("read 147 lines"))
        let quiet = try demoFolder.succeed("\(line) --quiet")
        #expect(quiet.standardError.isEmpty)
        #expect(quiet.withoutDurations == loud.withoutDurations)
        let json = try demoFolder.succeed("\(line) --quiet --format json")
        #expect(json.standardError.isEmpty)
        #expect(json.text.split(separator: "\n").count == 1)
        #expect(json.object?["status"] as? String == "ok")
        #expect(try demoFolder.succeed("export cooc \(demo) --output x.json --quiet").standardError.isEmpty)
    }

    @Test(arguments: [
        "ingest exposure.jsonl", "compute cooc \(demo) \(demoWeek)", "versions \(demo)", "rollback \(demo)",
        "run \(demo) --start 2026-01-01 --end 2026-01-02 --input exposure.jsonl",
    ])
    func theResultIsAnObjectOnTheLastLine(line: String) throws {
        let result = try demoFolder.succeed("\(line) --format json")
        #expect(result.object?["command"] as? String == words(of: line)[0])
        #expect(result.object?["status"] as? String == "ok")
        #expect(result.text.last == "\n")
    }
}
