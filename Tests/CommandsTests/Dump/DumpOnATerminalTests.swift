import Artifacts
import Builders
import Foundation
import TestSupport
import Testing

/// On a terminal tables fit, and long ids are cut in the middle; elsewhere nothing is.
@Suite struct DumpOnATerminalTests {
    private let demoFolder: DemoFolder
    private static let id = String(repeating: "0123456789", count: 12)

    init() throws {
        demoFolder = try DemoFolder()
        let entries = [(id: DumpOnATerminalTests.id, count: UInt32(2)), (id: "short", count: 1)]
        let rows = RankedRows([(key: DumpOnATerminalTests.id, entries: entries)])
        let key = ArtifactKey(.fixture(), .cooc, .fixture())
        let artifact = Artifact(key, rows: rows, parameters: BuildParameters())
        _ = try demoFolder.folder.write(artifact.fileBytes, as: "long.rsart")
    }

    private static let lines = [
        "neighbors long.rsart \(id)", "dictionary long.rsart member", "dictionary long.rsart row",
    ]

    /// What a command shows on a terminal of a width.
    private func shown(_ line: String, width: Int, environment: [String: String] = [:]) throws -> [String] {
        let terminal = try PseudoTerminal(columnCount: width)
        let result = try Program.dump.run(
            words(of: line), in: demoFolder.folder, environment: environment, output: .file(terminal.path))
        #expect(result.exitCode == 0, "\(result.standardError)")
        // Line by line: the end of one is not that of all.
        let count = line.hasSuffix(" row") ? 2 : 3
        var lines: [String] = []
        for _ in 0..<500 where lines.count <= count {
            lines = terminal.currentText.replacing("\r\n", with: "\n")
                .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            if lines.count <= count { Thread.sleep(forTimeInterval: 0.01) }
        }
        #expect(lines.count == count + 1 && lines.last == "")
        return lines.dropLast()
    }

    @Test(arguments: lines, [40, 60])
    func linesFit(line: String, width: Int) throws {
        let lines = try shown(line, width: width)
        #expect(lines.allSatisfy { $0.count <= width }, "\(lines)")
        #expect(lines.contains { $0.count == width && $0.contains("0123456789") && $0.contains("…") })
    }

    @Test(arguments: lines)
    func aWideTerminalHasRoom(line: String) throws {
        let lines = try shown(line, width: 200)
        #expect(lines.contains { $0.hasSuffix(DumpOnATerminalTests.id) })
    }

    @Test(arguments: lines)
    func columnsSaysOtherwise(line: String) throws {
        let narrow = try shown(line, width: 200, environment: ["COLUMNS": "50"])
        #expect(narrow.allSatisfy { $0.count <= 50 })
        let plain = try shown(line, width: 50, environment: ["COLUMNS": "many"])
        #expect(plain == narrow)
    }

    @Test(arguments: lines)
    func nothingIsCutElsewhere(line: String) throws {
        let result = try Program.dump.run(
            words(of: line), in: demoFolder.folder, environment: ["COLUMNS": "40"])
        #expect(result.text.contains(DumpOnATerminalTests.id))
        #expect(!result.text.contains("…"))
    }
}
