import Foundation
import TestSupport
import Testing

/// Of a file that is none of ours it is told what it is, and where to look instead.
@Suite struct ForeignFileTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
        try demoFolder.publish(through: 2)
    }

    /// What the tool says of a file with these bytes; every command says the same.
    private func answer(
        _ bytes: [UInt8], as name: String, sourceLocation: SourceLocation = #_sourceLocation,
    ) throws -> (exitCode: Int32, text: String) {
        _ = try demoFolder.folder.write(bytes, as: name)
        let answers = try ["", "columns ", "blocks ", "rows "].map { try demoFolder.dumpTool("\($0)\(name)") }
        #expect(Set(answers.map(\.standardError)).count == 1, sourceLocation: sourceLocation)
        #expect(answers.allSatisfy { $0.standardOutput.isEmpty }, sourceLocation: sourceLocation)
        return (answers[0].exitCode, answers[0].standardError)
    }

    @Test(
        arguments: [
            ([0x1F, 0x8B, 8, 0], "compressed with gzip", 2), ([0x28, 0xB5, 0x2F, 0xFD], "compressed with zstd", 2),
            ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "compressed with xz", 2), (Array("PAR1xxxx".utf8), "a Parquet file", 2),
            ([0x50, 0x4B, 3, 4, 0], "a zip archive", 2), (Array("[1,2]".utf8), "it is JSON", 2),
            (Array(#" {"a":1}"#.utf8), "it is JSON", 2), (Array("a,b\n1,2\n".utf8), "neither a partition nor", 2),
            ([], "is empty", 2), ([0], "neither a partition nor", 2),
        ] as [([UInt8], String, Int32)])
    func otherFormats(bytes: [UInt8], words: String, exitCode: Int32) throws {
        let (code, text) = try answer(bytes, as: "other")
        #expect(code == exitCode)
        #expect(text.contains(words), "\(text)")
        // A name of ours says that the file was once something else.
        #expect(try answer(bytes, as: "other.rspart").exitCode == 5)
        #expect(try answer(bytes, as: "other.rsart").exitCode == 5)
    }

    /// Every beginning of a file that is too short for a header and a tail.
    @Test func whatIsLeftOfOurFiles() throws {
        let name = "canonical/demo/home/exposures/2026-01-01.rspart"
        let bytes = try #require(demoFolder.content.bytes(name))
        for count in [8, 31, 63] {
            let (code, text) = try answer(Array(bytes.prefix(count)), as: "cut")
            #expect(code == 5)
            #expect(text.contains("is a partition that was cut off after \(count) bytes"))
        }
        for count in 1..<8 {
            // Too little to tell what it was, unless the name does.
            #expect(try answer(Array(bytes.prefix(count)), as: "cut.rspart").exitCode == 5)
        }
    }

    /// What transfers do to line breaks and to bytes that are no text.
    @Test(
        arguments: [
            ([0x89, 0x52, 0x53, 0x50, 0x0A, 0x1A, 0x0A], "partition"),
            ([0x89, 0x52, 0x53, 0x41, 0x0D, 0x0A, 0x1A, 0x0D], "artifact"),
            ([0xEF, 0xBF, 0xBD, 0x52, 0x53, 0x50, 0x0D, 0x0A], "partition"),
            ([0x3F, 0x52, 0x53, 0x41, 0x0D, 0x0A], "artifact"),
            ([0xC2, 0x89, 0x52, 0x53, 0x50, 0x0D, 0x0A], "partition"),
        ] as [([UInt8], String)])
    func transfersAsText(start: [UInt8], name: String) throws {
        let (code, text) = try answer(start + [UInt8](repeating: 1, count: 100), as: "text")
        #expect(code == 5)
        #expect(text.contains("is a \(name) that was damaged by a transfer as text"), "\(text)")
    }

    @Test func eventsAndFiguresOfTheStore() throws {
        #expect(try demoFolder.dumpTool("exposure.jsonl").standardError.contains("holds events in JSON Lines"))
        let cases = [
            ("registry/current/", "it is the manifest of demo/home"),
            ("registry/records/demo/home/cooc/", "cooc artifact"),
            ("registry/history/", "an entry of the history"), ("ledger/", "an entry of the ledger of demo/home"),
            ("checkpoints/", "a checkpoint"), ("locks/", "is empty"),
        ]
        for (folder, words) in cases {
            let name = try #require(demoFolder.content.fileNames.first { $0.hasPrefix(folder) })
            let result = try demoFolder.dumpTool(".out/\(name)")
            #expect(result.exitCode == 2)
            #expect(result.standardError.contains(words), "\(result.standardError)")
        }
        try demoFolder.succeed("compute cooc \(demo) --start 2026-01-01 --end 2026-01-02")
        let note = try demoFolder.file("artifacts/", ".provenance.json")
        #expect(try demoFolder.dumpTool(".out/\(note)").standardError.contains("the note beside a staged artifact"))
        try demoFolder.succeed("export popularity \(demo) --output popularity.json --quiet")
        #expect(try demoFolder.dumpTool("popularity.json").standardError.contains("an artifact as JSON v1"))
    }

    /// The paths that are named lead to files that can be looked into.
    @Test(arguments: ["registry/current/", "registry/records/demo/home/implicit/", "registry/history/", "ledger/"])
    func theFileThatIsMeantIsNamed(folder: String) throws {
        let name = try #require(demoFolder.content.fileNames.first { $0.hasPrefix(folder) })
        let answer = try demoFolder.dumpTool(".out/\(name)").standardError
        let paths = answer.matches(of: /[^ ,\n]+\.rs(part|art)/).map { String($0.output.0) }
        #expect(!paths.isEmpty, "\(answer)")
        for path in paths { #expect(try demoFolder.dumpTool(path).exitCode == 0, "\(path)") }
    }
}
