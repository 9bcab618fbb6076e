import Foundation
import TestSupport
import Testing

/// What is told on standard error: from which level on, and in which form.
@Suite struct LogTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
    }

    private static let run = "run \(demo) --input exposure.jsonl --start 2026-01-01 --end 2026-01-02"

    /// What the tests look at of a message.
    private struct Message: Decodable {
        let time: String
        let level: String
        let run_id: String
        let command: String
        let message: String
        let day: String?
        let outcome: String?
        let versions: [String: String]?
        let gate: String?
        let value: Double?
        let kind: String?
        let exit_code: Int?
        let remedy: String?
    }

    private func messages(_ result: ProgramResult) throws -> [Message] {
        try result.standardError.split(separator: "\n").map { line in
            try JSONDecoder().decode(Message.self, from: Data(line.utf8))
        }
    }

    @Test(arguments: [
        ("debug", ["debug: ", "2026-01-0", "warning: "]), ("info", ["2026-01-0", "warning: "]),
        ("warning", ["warning: "]), ("error", []),
    ])
    func levels(level: String, beginnings: [String]) throws {
        let result = try demoFolder.pipelines(
            "\(LogTests.run) --log-level \(level)", environment: ["RECSYS_GATES_MIN_EVENTS": "warn 100"])
        #expect(result.exitCode == 0)
        let lines = result.standardError.split(separator: "\n")
        for beginning in beginnings { #expect(lines.contains { $0.hasPrefix(beginning) }, "\(beginning)") }
        for line in lines { #expect(beginnings.contains { line.hasPrefix($0) }, "\(line)") }
    }

    @Test func quietIsNoMoreThanErrors() throws {
        let quiet = try demoFolder.succeed("\(LogTests.run) --quiet --log-level debug")
        #expect(quiet.standardError.isEmpty)
    }

    /// Every line is an object, with the run that the result, the records and the history name.
    @Test func oneRunThroughAll() throws {
        let result = try demoFolder.pipelines(
            "\(LogTests.run) --log-format json --format json --log-level debug --metrics-file run.prom",
            environment: ["RECSYS_GATES_MIN_EVENTS": "warn 100"])
        let messages = try messages(result)
        let run = try #require(messages.first?.run_id)
        #expect(messages.allSatisfy { $0.run_id == run && $0.command == "run" })
        #expect(messages.allSatisfy { $0.time.wholeMatch(of: /[0-9-]{10}T[0-9:]{8}\.[0-9]{9}Z/) != nil })
        let days = messages.filter { $0.level == "info" }
        #expect(days.map(\.day) == ["2026-01-01", "2026-01-02"])
        #expect(days.map(\.outcome) == ["published", "published"])
        let versions = try #require(days.last?.versions)
        #expect(versions.keys.sorted() == ["cooc", "implicit", "popularity", "session_seq"])
        let warnings = messages.filter { $0.level == "warning" && $0.gate == "min_events" }
        #expect(warnings.map(\.value) == [21, 24])
        #expect(result.text.contains("\"run_id\":\"\(run)\""))
        let named = ["registry/records/", "registry/history/", "runs/", "ledger/", "checkpoints/"]
        for folder in named {
            let names = demoFolder.folder.fileNames(containing: ".out/\(folder)")
            #expect(!names.isEmpty, "\(folder)")
            for name in names {
                let text = String(decoding: try demoFolder.folder.read(name), as: UTF8.self)
                #expect(text.contains(run), "\(name)")
            }
        }
        #expect(String(decoding: try demoFolder.folder.read("run.prom"), as: UTF8.self).contains("run_id=\"\(run)\""))
    }

    /// A failure is told in the same form, even if the arguments cannot be understood.
    @Test(arguments: [
        ("\(LogTests.run) --input nowhere.jsonl", "run", "not_found", 8), ("run --tenat demo", "run", "usage", 2),
        ("versions \(demo)", "versions", "not_found", 8),
    ])
    func failures(line: String, command: String, kind: String, exitCode: Int) throws {
        let result = try demoFolder.pipelines("\(line) --log-format=json")
        let message = try #require(try messages(result).last)
        #expect(result.exitCode == Int32(exitCode))
        #expect(message.level == "error" && message.command == command && message.kind == kind)
        #expect(message.exit_code == exitCode)
        #expect(message.remedy != nil)
    }

    @Test func colorsOnTerminalsAlone() throws {
        for (terminal, setting, isColored) in [
            ("xterm", "", true), ("xterm", "1", false), ("dumb", "", false),
        ] {
            let screen = try PseudoTerminal(columnCount: 100)
            let program = try Program.pipelines.start(
                words(of: "versions \(demo)"), in: demoFolder.folder,
                environment: ["TERM": terminal, "NO_COLOR": setting], errors: screen.path)
            #expect(try program.finish().exitCode == 8)
            let text = screen.text(endingIn: "first\r\n")
            #expect(text.hasPrefix(isColored ? "\u{1B}[31merror: \u{1B}[0m" : "error: "), "\(text)")
        }
        #expect(try demoFolder.pipelines("versions \(demo)").standardError.hasPrefix("error: "))
    }
}
