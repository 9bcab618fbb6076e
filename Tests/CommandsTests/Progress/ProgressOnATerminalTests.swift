import Foundation
import TestSupport
import Testing

/// The programs show progress on a terminal and leave it clean; elsewhere short work shows none.
@Suite struct ProgressOnATerminalTests {
    private let demoFolder: DemoFolder
    private let terminal: PseudoTerminal

    init() throws {
        demoFolder = try DemoFolder()
        terminal = try PseudoTerminal(columnCount: 100)
    }

    /// More lines than a chunk holds, all of them blank.
    private static let blankLines = [UInt8](repeating: UInt8(ascii: "\n"), count: 9 << 20)

    /// Starts a program that reads its standard input for longer than it shows nothing.
    private func start(_ line: String, terminalName: String = "xterm") throws -> RunningProgram {
        let program = try Program.pipelines.start(
            words(of: line), in: demoFolder.folder, environment: ["TERM": terminalName], errors: terminal.path)
        try program.write(ProgressOnATerminalTests.blankLines)
        Thread.sleep(forTimeInterval: 0.5)
        try program.write(ProgressOnATerminalTests.blankLines)
        return program
    }

    /// What is to be seen of a terminal in the end: each line as it was rewritten last.
    private func screen(_ text: String) -> [String] {
        text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var shown = ""
            for part in line.split(separator: "\r", omittingEmptySubsequences: false) {
                shown = part.hasPrefix("\u{1B}[K") ? String(part.dropFirst(3)) : shown + part
            }
            return shown
        }
    }

    @Test(arguments: ["", " --format json"])
    func theFinalScreenHoldsTheMessagesAlone(format: String) throws {
        let events = try demoFolder.folder.read("exposure.jsonl")
        let program = try start("run \(demo) \(demoWeek) --input -" + format)
        try program.write(events)
        let result = try program.finish()
        #expect(result.exitCode == 0)
        #expect(!result.text.contains("\u{1B}"))
        let text = terminal.text(endingIn: "\r\u{1B}[K")
        #expect(text.contains("\r\u{1B}[Kread "))
        #expect(text.contains("\r\u{1B}[Kpublished 7 of 7 days"))
        let plain = try DemoFolder().succeed("run \(demo) \(demoWeek) --input exposure.jsonl")
        #expect(screen(text).joined(separator: "\n") == plain.standardError)
        let lines = plain.standardError.split(separator: "\n")
        #expect(lines.count { !$0.hasPrefix("warning: gate ") } == 7)
    }

    @Test func anErrorStandsAlone() throws {
        let program = try start("ingest -")
        try program.write(Array("{}\n".utf8))
        #expect(try program.finish().exitCode == 3)
        let text = terminal.text(endingIn: "same command again\r\n")
        #expect(text.contains("\r\u{1B}[Kread "))
        let lines = screen(text)
        #expect(lines.first == "error: -:18874369: v: missing")
        #expect(lines.count == 4)
    }

    @Test func anInterruptionLeavesACleanLine() throws {
        let program = try start("ingest -")
        program.signal(SIGINT)
        #expect(try program.wait().exitCode == 130)
        let text = terminal.text(endingIn: "same command again\r\n")
        #expect(text.contains("\r\u{1B}[Kread "))
        #expect(screen(text).first == "error: stopped by signal 2; nothing is half-written")
    }

    /// On a terminal that cannot rewrite a line, or is not said to, and where it was not wanted.
    @Test(arguments: [("dumb", ""), ("", ""), ("xterm", " --quiet")])
    func nothingIsRewrittenElsewhere(terminalName: String, option: String) throws {
        let program = try start("ingest -\(option)", terminalName: terminalName)
        #expect(try program.finish().exitCode == 0)
        #expect(terminal.currentText.isEmpty)
    }

    @Test func whereThereIsNoTerminalShortWorkShowsNothing() throws {
        let result = try demoFolder.pipelines("ingest exposure.jsonl", environment: ["TERM": "xterm"])
        #expect(result.exitCode == 0)
        #expect(result.standardError.isEmpty)
    }
}
