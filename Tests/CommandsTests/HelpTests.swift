import Foundation
import TestSupport
import Testing

/// Help says what it is meant to, and what it says exists.
@Suite struct HelpTests {
    private static let subcommands = [
        "run", "ingest", "validate", "compute", "publish", "status", "versions", "rollback", "pin", "unpin", "gc",
        "diff", "explain", "export", "verify", "config",
    ]
    private let folder = TemporaryFolder()

    private func help(_ program: Program, _ arguments: String...) throws -> String {
        let result = try program.run(arguments + ["--help"], in: folder)
        #expect(result.exitCode == 0)
        #expect(result.standardError.isEmpty)
        return result.text
    }

    @Test func helpOfTheProgram() throws {
        try Snapshot.expect(help(.pipelines), is: "help")
        #expect(try Program.pipelines.run([], in: folder).text == help(.pipelines))
        #expect(try Program.pipelines.run(["--version"], in: folder).text.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    }

    @Test(arguments: subcommands)
    func helpOfASubcommand(name: String) throws {
        let text = try help(.pipelines, name)
        try Snapshot.expect(text, is: "help-\(name)")
        #expect(try Program.pipelines.run(["help", name], in: folder).text == text)
        expectUsageOfExistingOptions(text)
    }

    @Test func helpOfTheDumpTool() throws {
        try Snapshot.expect(help(.dump), is: "help-dump")
        for name in [
            "summary", "columns", "blocks", "dictionary", "rows", "top", "neighbors", "user", "tags", "lookups",
        ] {
            let text = try help(.dump, name)
            try Snapshot.expect(text, is: "help-dump-\(name)")
            expectUsageOfExistingOptions(text)
        }
    }

    @Test func helpOfTheGenerator() throws {
        let text = try help(.generate)
        try Snapshot.expect(text, is: "help-generate")
        expectUsageOfExistingOptions(text)
    }

    /// The line of usage is written by hand.
    private func expectUsageOfExistingOptions(_ help: String) {
        let usage = help.split(separator: "\n").filter { $0.hasPrefix("USAGE: ") }
        #expect(usage.count == 1)
        for option in usage.joined().matches(of: /--[a-z-]+/) {
            let isOption = [" <", "  "].contains { help.contains(" \(option.output)\($0)") }
            #expect(isOption, "\(option.output) is in the usage and no option")
        }
    }

    @Test func everySnapshotIsUsed() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Snapshot.folder.path)
        let folder = Snapshot.folder.deletingLastPathComponent()
        let sources = (FileManager.default.enumerator(atPath: folder.path)?.allObjects ?? []).compactMap {
            $0 as? String
        }
        .filter { $0.hasSuffix(".swift") }
        .map { (try? String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8)) ?? "" }.joined()
        for name in names.map({ $0.prefix { $0 != "." } }) where !name.hasPrefix("help-") {
            #expect(sources.contains("\"\(name)\""), "no test uses \(name).snapshot; remove it")
        }
    }
}
