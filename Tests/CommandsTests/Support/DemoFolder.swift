import Artifacts
import Builders
import Foundation
import SystemPackage
import TestSupport
import Testing

/// A working directory with a few of the demo's events of each day, in `exposure.jsonl`, and its catalog.
///
/// Few, because programs that are built for debugging take their time.
struct DemoFolder {
    let folder = TemporaryFolder()

    /// The root of the package: this file is Tests/CommandsTests/Support/DemoFolder.swift in it.
    static let packageRoot = (0..<4).reduce(URL(filePath: #filePath)) { place, _ in place.deletingLastPathComponent() }
    /// All of the demo's events.
    static let events = fixture("exposure.jsonl")
    private static let catalog = fixture("catalog.csv")

    /// The first events of each day.
    private static let fewEvents: [UInt8] = {
        var counts: [Substring: Int] = [:]
        let lines = String(decoding: events, as: UTF8.self).split(separator: "\n").filter { line in
            let day = line.firstMatch(of: /"ts":"([0-9-]{10})/)?.output.1 ?? ""
            counts[day, default: 0] += 1
            return (counts[day] ?? 0) <= 20
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }()

    init() throws {
        _ = try folder.write(DemoFolder.fewEvents, as: "exposure.jsonl")
        _ = try folder.write(DemoFolder.catalog, as: "catalog.csv")
    }

    private static func fixture(_ name: String) -> [UInt8] {
        let path = packageRoot.appendingPathComponent("Fixtures/demo/\(name)").path
        return Array(FileManager.default.contents(atPath: path) ?? Data())
    }

    /// The output folder, where nothing else says so.
    var out: FilePath { folder.path.appending(".out") }

    /// What is in the output folder now, but for the notes of how runs ended.
    var content: FolderSnapshot { FolderSnapshot(below: out.string, ignoring: "runs") }

    /// Runs `recsys-pipelines` with the words of a line as arguments.
    func pipelines(
        _ line: String, input: String = "", environment: [String: String] = [:], output: Program.Output = .collected,
    ) throws -> ProgramResult {
        try Program.pipelines.run(
            words(of: line), in: folder, input: Array(input.utf8), environment: environment, output: output)
    }

    /// Runs `recsys-dump` with the words of a line as arguments.
    func dumpTool(_ line: String, output: Program.Output = .collected) throws -> ProgramResult {
        try Program.dump.run(words(of: line), in: folder, output: output)
    }

    /// Runs what must succeed.
    @discardableResult
    func succeed(
        _ line: String, input: String = "", sourceLocation: SourceLocation = #_sourceLocation,
    ) throws -> ProgramResult {
        let result = try pipelines(line, input: input)
        #expect(result.exitCode == 0, "\(line): \(result.standardError)", sourceLocation: sourceLocation)
        return result
    }

    /// Ingests and publishes the days from the first to `lastDay` of January 2026.
    func publish(through lastDay: Int = 3) throws {
        try succeed("run \(demo) --start 2026-01-01 --end 2026-01-0\(lastDay) --input exposure.jsonl --quiet")
    }

    /// Writes an artifact with scores, and returns the name of its file.
    func writeScored(_ kind: String) throws -> String {
        let name = "scored-\(kind).rsart"
        let artifact = kind == "popularity" ? Artifact.scoredExample(.popularity) : .scoredExample(.cooc)
        _ = try folder.write(artifact.fileBytes, as: name)
        return name
    }

    /// Writes a small file and returns its name.
    @discardableResult
    func write(_ text: String, as name: String) throws -> String {
        _ = try folder.write(Array(text.utf8), as: name)
        return name
    }

    /// Turns over a bit of a file below the output folder: in the middle, or so many bytes before the end.
    func damage(_ name: String, beforeEnd distance: Int? = nil) throws {
        let path = out.appending(name).string
        var bytes = Array(try #require(FileManager.default.contents(atPath: path)))
        bytes[distance.map { bytes.count - $0 } ?? bytes.count / 2] ^= 1
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    /// The only file below the output folder whose path has this beginning and this end.
    func file(_ beginning: String, _ end: String) throws -> String {
        let names = content.fileNames.filter { $0.hasPrefix(beginning) && $0.hasSuffix(end) }
        return try #require(names.count == 1 ? names[0] : nil, "\(names)")
    }
}

extension ProgramResult {
    /// The lines of a run's result, but for the one that says which run it was and what it took.
    var withoutDurations: [String] {
        text.split(separator: "\n").filter { !$0.hasPrefix("run ") }.map(String.init)
    }
}

/// The owner of the demo's events, as flags.
let demo = "--tenant demo --surface home"

/// The demo's days, as flags.
let demoWeek = "--start 2026-01-01 --end 2026-01-07"

/// The words of a command line: separated by spaces, or in single quotes.
func words(of line: String) -> [String] {
    line.split(separator: "'", omittingEmptySubsequences: false).enumerated().flatMap { index, part in
        index % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
    }
}
