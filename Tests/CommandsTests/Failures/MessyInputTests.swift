import Foundation
import TestSupport
import Testing

/// A file with one line of each kind that is known to go wrong: none costs another, and each is told and kept as it
/// came. The page about events has a table of these outcomes.
@Suite struct MessyInputTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
        try demoFolder.write(
            #"{"on_bad_record":"quarantine","max_reject_ratio":1,"limits":{"max_line_bytes":2000}}"#, as: "set.json")
    }

    private struct BadLine: Sendable {
        let bytes: [UInt8]
        /// `field: reason`, or how it begins.
        let problem: String

        init(_ line: String, _ problem: String) {
            bytes = Array(line.utf8)
            self.problem = problem
        }

        /// A line with bytes that are no text in place of its `|`.
        init(_ line: String, _ inserted: [UInt8], _ problem: String) {
            let parts = line.split(separator: "|", omittingEmptySubsequences: false)
            bytes = Array(parts[0].utf8) + inserted + Array(parts[1].utf8)
            self.problem = problem
        }
    }

    /// An event with these members beside those that are needed.
    private static func event(_ members: String) -> String {
        String(Written.line(members).dropLast())
    }

    private static let whole = event(#""item_id":"x""#)

    private static let badLines = [
        BadLine("\u{FEFF}" + whole, "record: begins with a byte order mark"),
        BadLine(event(#""item_id":"a|""#), [0xFF], "record: not valid JSON: The input is not valid UTF-8"),
        BadLine(event(#""item_id":"a|""#), [0xED, 0xA0, 0x80], "record: not valid JSON: The input is not valid UTF-8"),
        BadLine(event(#""item_id":"a|b""#), [0], "record: not valid JSON: "),
        BadLine(event(#""item_id":"x""#) + "|", [0], "record: something follows the JSON object on its line"),
        BadLine(whole.replacing("\"demo\"", with: #""de\u0000mo""#), "tenant: contains a control character"),
        BadLine(String(whole.dropLast(20)), "record: not valid JSON: "),
        BadLine(String(whole.dropLast(1)), "record: not valid JSON: "),
        BadLine(whole + whole, "record: something follows the JSON object on its line"),
        BadLine(whole + ",", "record: something follows the JSON object on its line"),
        BadLine(event(#""item_id":"x","#), "record: not valid JSON: "),
        BadLine(
            event("\"item_id\":\"x\",\"x\":" + String(repeating: "[", count: 257) + String(repeating: "]", count: 257)),
            "record: not valid JSON: The JSON document was too deep"),
        BadLine(event("\"item_id\":\"\(String(repeating: "y", count: 2_000))\""), "record: longer than 2000 bytes"),
        BadLine(event(#""item_id":"x","item_id":"x""#), "item_id: given twice"),
        BadLine(event(#""item_id":5"#), "item_id: not a string"),
        BadLine(event(#""item_id":"x","rank":"1""#), "rank: not a whole number"),
        BadLine(whole.replacing("\"v\":1", with: "\"v\":\"1\""), "v: not a whole number"),
        BadLine(event(#""item_id":"\ud83d""#), "item_id: not valid JSON: "),
        BadLine(event(#""item_id":"\udc69\ud83d""#), "item_id: not valid JSON: "),
        BadLine(event(#""item_id":"\x""#), "item_id: not valid JSON: "),
        BadLine(event(#""item_id":"x\""#), "record: not valid JSON: "),
        BadLine("[]", "record: not a JSON object"), BadLine("nonsense", "record: not a JSON object"),
    ]

    /// Lines that look as if they were bad, and the items of the events that they are.
    private static let goodLines: [(line: String, item: String?)] = [
        (whole + "\r", "x"), (" \t" + whole + " \t\r", "x"), ("", nil), (" \t\r", nil),
        (event(#""item_id":"\u0000""#), "\0"), (event(#""item_id":"\ud83d\udc69""#), "👩"),
        (event(#""item_id":"a\"\\""#), "a\"\\"), (event(#""item_id":"x","y":[{"item_id":1}],"y":2"#), "x"),
        (
            event("\"item_id\":\"x\",\"x\":" + String(repeating: "[", count: 256) + String(repeating: "]", count: 256)),
            "x"
        ),
    ]

    private struct Reason: Decodable {
        let input: String
        let line: Int
        let field: String
        let reason: String
    }

    private func ingest(_ lines: [[UInt8]], endsInNewline: Bool) throws -> ProgramResult {
        let bytes = Array(lines.joined(separator: [0x0A])) + (endsInNewline ? [0x0A] : [])
        _ = try demoFolder.folder.write(bytes, as: "messy.jsonl")
        return try demoFolder.pipelines("ingest messy.jsonl --config set.json --format json")
    }

    private func rejects(_ name: String) throws -> [UInt8] {
        try #require(demoFolder.content.bytes(demoFolder.file("rejects/", "/\(name)")))
    }

    @Test(arguments: [true, false])
    func eachBadLineBetweenGoodOnes(endsInNewline: Bool) throws {
        let good = (0...MessyInputTests.badLines.count).map { MessyInputTests.event("\"item_id\":\"good \($0)\"") }
        var lines = [Array(good[0].utf8)]
        for (index, bad) in MessyInputTests.badLines.enumerated() {
            lines += [bad.bytes, Array(good[index + 1].utf8)]
        }
        let result = try ingest(lines, endsInNewline: endsInNewline)
        #expect(result.exitCode == 0, "\(result.standardError)")
        #expect(result.object?["events"] as? Int == good.count)
        #expect(result.object?["lines"] as? Int == lines.count)
        #expect(try storedItems() == good.indices.map { "good \($0)" })
        let records = try rejects("records.jsonl")
        #expect(records == MessyInputTests.badLines.flatMap { $0.bytes + [0x0A] })
        let reasons = try rejects("reasons.jsonl").split(separator: 0x0A).map { line in
            try JSONDecoder().decode(Reason.self, from: Data(line))
        }
        #expect(reasons.map(\.line) == MessyInputTests.badLines.indices.map { 2 * $0 + 2 })
        #expect(reasons.allSatisfy { $0.input == "messy.jsonl" })
        for (reason, bad) in zip(reasons, MessyInputTests.badLines) {
            #expect("\(reason.field): \(reason.reason)".hasPrefix(bad.problem), "\(bad)")
        }
    }

    /// A copy or a download that ended early, most often within a line.
    @Test func theLastLineIsCutOff() throws {
        let lines = [MessyInputTests.whole, String(MessyInputTests.whole.dropLast(9))].map { Array($0.utf8) }
        let result = try ingest(lines, endsInNewline: false)
        #expect(result.object?["events"] as? Int == 1)
        #expect(try rejects("records.jsonl") == lines[1] + [0x0A])
    }

    @Test func oddLinesThatAreGood() throws {
        let result = try ingest(MessyInputTests.goodLines.map { Array($0.line.utf8) }, endsInNewline: true)
        let items = MessyInputTests.goodLines.compactMap(\.item)
        #expect(result.object?["events"] as? Int == items.count)
        #expect(result.object?["lines"] as? Int == MessyInputTests.goodLines.count)
        #expect(result.object?["unknown_fields"] as? Int == 3)
        #expect((result.object?["rejects"] as? [String: Any])?.isEmpty == true)
        #expect(try storedItems() == items)
    }

    @Test(arguments: ["", "\n", "\r\n \t\n\n", " "])
    func noRecordAtAll(text: String) throws {
        try demoFolder.write(text, as: "blank.jsonl")
        let before = demoFolder.content
        let merged = try demoFolder.succeed("ingest blank.jsonl --format json")
        #expect(merged.object?["events"] as? Int == 0)
        #expect((merged.object?["partitions"] as? [Any])?.isEmpty == true)
        let replacing = try demoFolder.pipelines("ingest blank.jsonl \(demo) \(demoWeek)")
        #expect(replacing.exitCode == 8)
        let changes = demoFolder.content.differences(from: before).filter { !$0.hasPrefix("locks/") }
        #expect(changes.isEmpty)
    }

    /// The items of the only partition, in its order.
    private func storedItems() throws -> [String] {
        let rows = try demoFolder.dumpTool("rows .out/canonical/demo/home/exposures/2026-01-01.rspart")
        return try rows.text.split(separator: "\n").map { line in
            let event = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return event?["item_id"] as? String ?? ""
        }
    }
}
