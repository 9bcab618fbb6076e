import Foundation
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Ingest

/// Paths stand for inputs, in an order that does not depend on the file system.
@Suite struct InputSourceTests {
    private let folder = TemporaryFolder()

    private func write(_ names: String...) throws {
        for name in names { try AtomicFile.write([1].rawSpan, to: folder.path.appending(name)) }
    }

    /// The names below the folder of what a path of it stands for.
    private func resolve(_ names: String...) throws -> [String] {
        let sources = try InputSource.resolve(names.map { folder.path.appending($0).string })
        return sources.map { String($0.name.dropFirst(folder.path.string.count + 1)) }
    }

    @Test func filesStayInTheirOrder() throws {
        try write("b", "a.jsonl", "c.json")
        #expect(try resolve("b", "a.jsonl", "c.json") == ["b", "a.jsonl", "c.json"])
    }

    /// However it is spelled, and whatever stands for it.
    @Test(arguments: ["a.jsonl", "../in/a.jsonl", "*.jsonl", "link", "hard", "."])
    func aFileThatIsGivenTwice(again: String) throws {
        try write("in/a.jsonl", "in/b")
        let path = folder.path.appending("in")
        try FileManager.default.createSymbolicLink(
            atPath: path.appending("link").string, withDestinationPath: "a.jsonl")
        try FileManager.default.linkItem(
            atPath: path.appending("a.jsonl").string, toPath: path.appending("hard").string)
        #expect(try resolve("in/b", "in/\(again)").count == 2)
        let error = #expect(throws: IngestError.self) { try resolve("in/a.jsonl", "in/b", "in/\(again)") }
        #expect(error?.kind == .usage)
        let names = ["*.jsonl": "a.jsonl", ".": "./a.jsonl"]
        let expected = FilePath("\(path)/\(names[again] ?? again)").string
        let reason = expected == "\(path)/a.jsonl" ? "given twice" : "the same file as \(path)/a.jsonl"
        #expect(error?.message == "\(expected): \(reason)")
    }

    /// Below a folder may be an output folder, with records that were set aside.
    @Test func hiddenFilesAreNoneOfAFolder() throws {
        try write("in/a.jsonl", "in/.out/rejects/run/records.jsonl", "in/.b.jsonl")
        #expect(try resolve("in") == ["in/a.jsonl"])
        #expect(try resolve("in/.b.jsonl") == ["in/.b.jsonl"])
    }

    @Test func theStandardInputThatIsGivenTwice() throws {
        let error = #expect(throws: IngestError.self) { try InputSource.resolve(["-", "-"]) }
        #expect(error?.message == "-: given twice")
    }

    /// Equal files are two files.
    @Test func equalFilesAreTwoInputs() throws {
        try write("a", "b")
        #expect(try resolve("a", "b") == ["a", "b"])
    }

    @Test func foldersStandForTheirEventsInAscendingOrder() throws {
        try write(
            "in/b.jsonl", "in/a/2.jsonl", "in/a/10.jsonl", "in/a/x.json", "in/Z.jsonl", "in/c.jsonl.gz", "in/é/y.jsonl",
            "in/d.jsonl.zst", "in/e.gz")
        let expected = ["Z.jsonl", "a/10.jsonl", "a/2.jsonl", "b.jsonl", "c.jsonl.gz", "d.jsonl.zst", "é/y.jsonl"]
        #expect(try resolve("in") == expected.map { "in/" + $0 })
    }

    @Test func patternsStandForWhatTheyMatchInAscendingOrder() throws {
        try write("b1.jsonl", "a1.jsonl", "a2.gz", "é1.jsonl", "in1/x.jsonl", "[z]")
        #expect(try resolve("*1.jsonl") == ["a1.jsonl", "b1.jsonl", "é1.jsonl"])
        #expect(try resolve("a?.*") == ["a1.jsonl", "a2.gz"])
        #expect(try resolve("in*") == ["in1/x.jsonl"])
        #expect(try resolve("[ab]1*") == ["a1.jsonl", "b1.jsonl"])
        // What exists is meant as it is spelled.
        #expect(try resolve("[z]") == ["[z]"])
    }

    @Test(arguments: ["nothing*", "in/?.jsonl", "[ab"])
    func aPatternThatMatchesNothingIsNoMisspeltPath(pattern: String) throws {
        try write("in/10.jsonl")
        let error = #expect(throws: IngestError.self) { try resolve(pattern) }
        #expect(error?.kind == .notFound)
        #expect(error?.message == "\(folder.path)/\(pattern): no file or folder matches this pattern")
    }

    @Test func theStandardInputIsADash() throws {
        try write("a")
        let path = folder.path.appending("a").string
        #expect(try InputSource.resolve(["-", path]) == [.standardInput, .file(FilePath(path))])
        #expect(InputSource.standardInput.name == "-")
    }

    @Test func whatIsMissingIsNotFound() {
        let error = #expect(throws: IngestError.self) { try resolve("nothing") }
        #expect(error?.kind == .notFound)
        #expect(error?.message == "\(folder.path)/nothing: no such file or folder")
    }

    @Test func aFolderWithoutEventsIsNotFound() throws {
        try write("in/a.json")
        let error = #expect(throws: IngestError.self) { try resolve("in") }
        #expect(error?.kind == .notFound)
        #expect(
            error?.message == "\(folder.path)/in: no .jsonl, .jsonl.gz or .jsonl.zst file in this folder or below it")
    }
}
