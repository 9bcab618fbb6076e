import Foundation
import TestSupport
import Testing

/// Ids that are hard to type.
@Suite struct HardIdTests {
    private let demoFolder: DemoFolder
    private static let day = ".out/canonical/demo/home/exposures/2026-01-01.rspart"

    init() throws {
        demoFolder = try DemoFolder()
        let lines = [#""item_id":"-1","user_id":"-u""#, #""item_id":"tab\there""#, #""item_id":"back\\slash""#]
        try demoFolder.write(lines.map { Written.line($0) }.joined(), as: "few.jsonl")
        try demoFolder.succeed("run \(demo) --start 2026-01-01 --end 2026-01-01 --input few.jsonl --quiet")
    }

    private func cooc() throws -> String { ".out/" + (try demoFolder.file("objectstore/demo/home/cooc/", ".rsart")) }

    /// A value of an option is tied to it, and an argument stands behind `--`.
    @Test func idsThatBeginWithAHyphen() throws {
        let rows = try demoFolder.dumpTool("rows \(HardIdTests.day) --user=-u --item=-1")
        #expect(rows.exitCode == 0 && rows.text.contains(#""item_id":"-1""#), "\(rows.standardError)")
        #expect(try demoFolder.dumpTool("dictionary \(HardIdTests.day) item --prefix=-").text.contains("-1"))
        let neighbors = try demoFolder.dumpTool("neighbors --head 1 -- \(cooc()) -1")
        #expect(neighbors.exitCode == 0 && neighbors.text.contains("RANK"), "\(neighbors.standardError)")
        #expect(try demoFolder.dumpTool("rows \(HardIdTests.day) --item -1").exitCode == 2)
    }

    /// What is shown escaped is not what is to be typed.
    @Test func nearIdsThatAreEscaped() throws {
        let question =
            #"did you mean "back\\slash"? escaped here; as it is: recsys-dump dictionary FILE NAME --format json"#
        let rows = try demoFolder.dumpTool("rows \(HardIdTests.day) --item back-slash")
        #expect(rows.exitCode == 0)
        #expect(
            rows.standardError.hasSuffix("; \(question.replacing("NAME", with: "item"))\n"), "\(rows.standardError)")
        let neighbors = try demoFolder.dumpTool("neighbors \(cooc()) back-slash")
        #expect(neighbors.exitCode == 8)
        #expect(neighbors.standardError.hasSuffix("  \(question.replacing("NAME", with: "row"))\n"))
        // As it says, there is the id; with it rows are found.
        let object = try demoFolder.dumpTool("dictionary \(HardIdTests.day) item --prefix back --format json").object
        let id = try #require((object?["ids"] as? [[String: Any]])?.first?["id"] as? String)
        #expect(id == "back\\slash")
        #expect(try demoFolder.dumpTool("rows \(HardIdTests.day) --item \(id)").text.contains("back"))
    }

    @Test func nearIdsThatAreNot() throws {
        let rows = try demoFolder.dumpTool("rows \(HardIdTests.day) --item=-2")
        #expect(rows.standardError.hasSuffix(#"no item "-2"; did you mean "-1"?"# + "\n"), "\(rows.standardError)")
    }
}
