import Foundation
import TestSupport
import Testing

/// SIGINT and SIGTERM stop a command in good order: nothing is replaced, and nothing unfinished is left.
@Suite struct SignalTests {
    private let demoFolder: DemoFolder
    /// More than a pipe holds.
    private let events = Array(DemoFolder.events.prefix(100_000))

    init() throws {
        demoFolder = try DemoFolder()
    }

    /// Once all is written, the program has begun to read.
    private func startAndFeed(_ line: String) throws -> RunningProgram {
        let program = try Program.pipelines.start(words(of: line), in: demoFolder.folder)
        try program.write(events)
        return program
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func anIngestThatWaitsForInputStops(signal: Int32) throws {
        try demoFolder.publish()
        let before = demoFolder.content
        let program = try startAndFeed("ingest - --format json")
        program.signal(signal)
        // Its input has not ended, and nothing more comes.
        let result = try program.wait()
        #expect(result.exitCode == 128 + signal)
        #expect(result.standardError.hasPrefix("error: stopped by signal \(signal); nothing is half-written\n"))
        #expect(result.object?["exit_code"] as? Int == Int(128 + signal))
        #expect(result.object?["kind"] as? String == "interrupted")
        #expect(demoFolder.content.differences(from: before).isEmpty)
    }

    /// `timeout` sends each signal twice: the second is no reason to end without a word.
    @Test func aSignalThatIsSentTwice() throws {
        let program = try startAndFeed("ingest -")
        for _ in 1...3 { program.signal(SIGINT) }
        let result = try program.wait()
        #expect(result.exitCode == 128 + SIGINT)
        #expect(result.standardError.hasPrefix("error: stopped by signal 2; nothing is half-written\n"))
    }

    /// How a run ended that was stopped is told in words.
    @Test func statusOfARunThatWasStopped() throws {
        try demoFolder.publish()
        let program = try startAndFeed("run \(demo) \(demoWeek) --input -")
        program.signal(SIGINT)
        #expect(try program.wait().exitCode == 128 + SIGINT)
        #expect(try demoFolder.succeed("status").text.contains("demo/home: the last run failed: stopped by signal 2\n"))
    }

    @Test func anIngestThatIsFedStops() throws {
        let program = try startAndFeed("ingest - \(demo) \(demoWeek)")
        for part in 0..<10 {
            if part == 5 { program.signal(SIGTERM) }
            // It may have ended by now.
            try? program.write(Array(events.prefix(1 << 16)))
        }
        // Its input stays open: whichever of its threads gets the signal, it cannot be done before it sees it.
        #expect(try program.wait().exitCode == 128 + SIGTERM)
        #expect(demoFolder.content.fileNames.allSatisfy { $0.hasPrefix("locks/") })
    }

    @Test func aRunThatWaitsForInputStops() throws {
        let program = try startAndFeed("run \(demo) \(demoWeek) --input -")
        program.signal(SIGINT)
        #expect(try program.wait().exitCode == 128 + SIGINT)
        #expect(demoFolder.content.fileNames.allSatisfy { $0.hasPrefix("locks/") })
    }
}
