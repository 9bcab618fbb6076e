import Foundation
import SystemPackage
import TestSupport
import Testing

/// The generator writes what the ingest reads, and leaves nothing half-written.
@Suite struct GenerateCommandTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
    }

    private func generate(_ line: String, output: Program.Output = .collected) throws -> ProgramResult {
        try Program.generate.run(words(of: line), in: demoFolder.folder, output: output)
    }

    @Test func whatItSays() throws {
        var transcript = Transcript(demoFolder)
        try transcript.run("recsys-generate --events 6 --days 2 --users 1k --items 1k --quiet --threads 1")
        try transcript.run(
            "recsys-generate --events 8 --days 1 --start 2024-02-29 --users 1 --items 10 --bad 0.3 --duplicates 0.3 "
                + "--tenant 'a \"b\"' --surface é --anonymous 0 --bots 0 --request-ids none --times seconds --quiet")
        try Snapshot.expect(transcript.text, is: "generate")
    }

    @Test func whatItTellsAtTheEnd() throws {
        let result = try generate(
            "--events 2k --users 1k --items 1k --late 0.1 --duplicates 0.1 --bad 0.05 --output new/x.jsonl")
        #expect(result.exitCode == 0 && result.standardOutput.isEmpty)
        let counts = #/wrote 2,000 lines: 1,[0-9]{3} events, [0-9]+ copies, [0-9]+ bad, [0-9]+ late/#
        #expect(result.standardError.prefixMatch(of: counts) != nil, "\(result.standardError)")
        #expect(result.standardError.firstMatch(of: #/; [0-9,]+ bytes in [0-9]+\.[0-9] s\n$/#) != nil)
        #expect(demoFolder.folder.fileNames.filter { $0.hasPrefix("new/") } == ["new/x.jsonl"])
        #expect(try generate("--events 1 --users 1k --items 1k --output x.jsonl --quiet").standardError.isEmpty)
    }

    @Test func aFileAStreamAndThreadsGiveTheSameBytes() throws {
        let options = "--events 10k --days 2 --seed 3 --users 1k --items 1k"
        let expected = try generate("\(options) --threads 1").standardOutput
        #expect(try generate("\(options) --threads 5").standardOutput == expected)
        try #require(try generate("\(options) --output x.jsonl").exitCode == 0)
        let file = FileManager.default.contents(atPath: demoFolder.folder.path.appending("x.jsonl").string)
        #expect(file.map { Array($0) } == expected)
        #expect(try generate("\(options) --output /dev/null").exitCode == 0)
        #expect(try generate("\(options) --output -").standardOutput == expected)
        #expect(!demoFolder.folder.fileNames.contains("-"))
        let report = try demoFolder.succeed("ingest x.jsonl --format json").object
        #expect(report?["events"] as? Int == 10_000, "\(report ?? [:])")
    }

    @Test func aClosedPipeIsNoFailure() throws {
        let result = try generate("--events 1G --users 10 --items 10", output: .closedPipe)
        #expect(result.exitCode == 0)
        #expect(result.standardError.isEmpty)
    }

    @Test func aFullDiskIsAFailure() throws {
        let result = try generate("--events 10k --users 10 --items 10 --output /dev/full")
        #expect(result.exitCode == 7)
        #expect(result.standardError.hasPrefix("error: "))
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalRemovesTheUnfinishedFile(signal: Int32) throws {
        let before = demoFolder.folder.fileNames
        let line = "--events 100G --users 10 --items 10 --output x.jsonl"
        let program = try Program.generate.start(words(of: line), in: demoFolder.folder)
        // Its unfinished file is there.
        for _ in 0..<2000 where demoFolder.folder.fileNames == before { usleep(10_000) }
        #expect(demoFolder.folder.fileNames != before)
        program.signal(signal)
        let result = try program.wait()
        #expect(result.exitCode == 128 + signal)
        #expect(result.standardError.hasPrefix("error: stopped by signal \(signal); nothing is half-written\n"))
        #expect(demoFolder.folder.fileNames == before)
    }

    @Test func usageErrors() throws {
        let lines = [
            "50M", "--event 5", "--events 0", "--events 5x", "--events -1", "--events 1.5M", "--events ''",
            "--events 9999999999G", "--days 0", "--days 9999999", "--days 40 --start 9999-12-01", "--start 2026-02-30",
            "--users 0", "--users 1G", "--items 0", "--tenant a/b", "--surface ''", "--seed -1", "--late 1.1",
            "--late -0.1", "--bad nan", "--bots 1%", "--anonymous x", "--duplicates 0.6 --bad 0.6",
            "--request-ids ulid",
            "--times minutes", "--threads 0", "--output", "--output ''",
            "--events 99999999999999999999", "--events k",
        ]
        var transcript = Transcript(demoFolder)
        for line in lines {
            let result = try transcript.run("recsys-generate \(line)")
            #expect(result.exitCode == 2, "\(line)")
            #expect(result.standardError.split(separator: "\n").count == 2, "\(result.standardError)")
            #expect(result.standardError.hasPrefix("error: ") && result.standardOutput.isEmpty)
        }
        try Snapshot.expect(transcript.text, is: "generate-errors")
    }
}
