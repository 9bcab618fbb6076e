import Events
import TestSupport
import Testing

@testable import Ingest

/// What is not JSON is a bad record, wherever in the line it stands, even where nobody would look at it.
@Suite struct MalformedJSONTests {
    /// The report of a line between two events.
    private func report(_ line: [UInt8]) -> String {
        let good = Array(EventLine.valid.text.utf8)
        let decoded = DecodedLines(good + [0x0A] + line + [0x0A] + good)
        #expect(decoded.exposures.count == 2, "a bad record costs no other")
        #expect(decoded.rejects.count == 1)
        return decoded.rejects.first ?? ""
    }

    private func report(_ line: String) -> String { report(Array(line.utf8)) }

    /// Values that are none, or none that fits.
    private static let nonsense = [
        "", "nul", "nulll", "NULL", "tru", "truee", "fals", "x", "'x'", "01", "-", "+1", "1.", ".5", "1e", "1x", "--1",
        "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud83d\"", "\"\\udc69\"", "\"\\ud83d\\u0041\"", "\"a\tb\"", "\"a\0b\"",
        "\"\u{1F}\"",
        "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}",
        "{a:1}",
        "{1:1}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "1 2", "\"a\"\"b\"", "NaN", "Infinity", "0x10", "1_000", "/**/1",
    ]

    @Test(arguments: nonsense + ["1e999", "-1e999", "[1e999]", "{\"a\":nul}", "[\"\\ud83d\"]", "{\"\\ud83d\":1}"])
    func unknownFieldsAreJSONToo(json: String) {
        for line in [EventLine(members: [("x", json)] + EventLine.valid.members), .valid.with("x", json)] {
            #expect(report(line.text).hasPrefix("f.jsonl:2: record: not valid JSON: "), "\(line.text)")
        }
    }

    /// A value that is nonsense makes the record bad. Which reason is found first depends on how it begins.
    @Test(arguments: EventField.allCases)
    func fieldsOfTheContractAreJSON(field: EventField) {
        for json in MalformedJSONTests.nonsense {
            var line = EventLine.valid.without(field.rawValue)
            line.members.insert((field.rawValue, json), at: 0)
            #expect(report(line.text).hasPrefix("f.jsonl:2: "), "\(line.text)")
            _ = report(EventLine.valid.without(field.rawValue).adding(field.rawValue, json).text)
        }
    }

    @Test(arguments: ["nul", "nulL", "nullx", "x", "", "\"\\x\"", "\"\\ud83d\"", "\"\\u12\""])
    func theFieldIsNamedWhoseValueIsNone(json: String) {
        for field in ["ts", "tenant", "surface", "user_id", "session_id", "request_id", "item_id"] {
            let report = report(EventLine.valid.with(field, json).with("z", "1").text)
            #expect(report.hasPrefix("f.jsonl:2: \(field): not valid JSON: "), "\(report)")
        }
    }

    @Test func depthIsLimited() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let deep = String(repeating: open, count: 257) + "1" + String(repeating: close, count: 257)
            #expect(report(EventLine.valid.with("x", deep).text).hasPrefix("f.jsonl:2: record: not valid JSON: "))
        }
        let abyss = String(repeating: "[", count: 500_000)
        #expect(report(EventLine.valid.with("x", abyss).text).hasPrefix("f.jsonl:2: record: not valid JSON: "))
        #expect(report(abyss) == "f.jsonl:2: record: not a JSON object" || report(abyss).contains("not valid JSON"))
    }

    /// Bytes that are no UTF-8: continuation bytes alone, cut sequences, overlong ones, surrogates, beyond U+10FFFF.
    @Test(
        arguments: [
            [0x80], [0xBF, 0xBF], [0xC3], [0xE2, 0x80], [0xF0, 0x9F, 0x91], [0xC0, 0x80], [0xE0, 0x80, 0x80],
            [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFF], [0xFE],
        ] as [[UInt8]])
    func inputIsUTF8(bytes: [UInt8]) {
        for field in ["item_id", "user_id", "tenant", "x"] {
            let parts = EventLine.valid.with(field, "\"a|b\"").text.split(separator: "|")
            let line = Array(parts[0].utf8) + bytes + Array(parts[1].utf8)
            #expect(report(line).hasPrefix("f.jsonl:2: record: not valid JSON: "))
        }
        #expect(report(Array(EventLine.valid.text.utf8) + bytes).hasPrefix("f.jsonl:2: record: "))
        #expect(report(bytes).hasPrefix("f.jsonl:2: record: "))
    }

    @Test func aByteOrderMarkIsNoWhiteSpace() {
        let text = Array(EventLine.valid.text.utf8)
        #expect(report([0xEF, 0xBB, 0xBF] + text).hasPrefix("f.jsonl:2: record: "))
        #expect(report([0xEF, 0xBB, 0xBF]).hasPrefix("f.jsonl:2: record: "))
        let first = DecodedLines([0xEF, 0xBB, 0xBF] + text + [0x0A] + text)
        #expect(first.rejectedLines == [1])
        #expect(first.exposures.count == 1)
    }

    /// A NUL byte is neither white space nor an end, in any place of a line.
    @Test func aNULByteInAnyPlaceIsBad() {
        let whole = Array(EventLine.valid.text.utf8)
        for place in 0...whole.count {
            var line = whole
            line.insert(0, at: place)
            #expect(report(line).hasPrefix("f.jsonl:2: "))
        }
    }

    @Test(arguments: [
        "{\"v\":1,}", "{,\"v\":1}", "{\"v\" 1}", "{\"v\"}", "{v:1}", "{'v':1}", "{\"v\":1;\"rank\":2}",
        "{\"v\":1 \"rank\":2}",
        "{{}}", "{[]}", "{\"v\":1]", "{\"\\x\":1}", "{\"\\ud83d\":1}", "{\"a", "{", "{\"", "/*c*/{}", "\u{A0}{}",
        "{\u{A0}}",
    ])
    func objectsFollowTheGrammar(line: String) {
        #expect(report(line).hasPrefix("f.jsonl:2: record: ") || report(line).hasPrefix("f.jsonl:2: v: "))
    }
}
