import Events
import TestSupport
import Testing

@testable import Ingest

/// What the event contract refuses is reported at its place, with the reason that the contract gives it.
@Suite struct EventRejectionTests {
    /// The reports of a line that stands second in its input, between two events.
    private func reports(_ line: String, isStrict: Bool = false) -> [String] {
        let good = EventLine.valid.text
        let decoded = DecodedLines("\(good)\n\(line)\n\(good)", isStrict: isStrict)
        #expect(decoded.exposures.count == 2, "a bad record costs no other")
        return decoded.rejects
    }

    private static let required = ["v", "ts", "tenant", "surface", "session_id", "item_id"]
    private static let texts = ["ts", "tenant", "surface", "user_id", "session_id", "request_id", "item_id"]
    private static let all = EventField.allCases.map(\.rawValue)

    @Test(arguments: required)
    func requiredFieldsAreMissed(field: String) {
        #expect(reports(EventLine.valid.without(field).text) == ["f.jsonl:2: \(field): missing"])
        #expect(reports(EventLine.valid.with(field, "null").text) == ["f.jsonl:2: \(field): missing"])
    }

    @Test func aRecordHasOneReason() {
        #expect(reports("{}") == ["f.jsonl:2: v: missing"])
        #expect(reports("{\"v\":1}") == ["f.jsonl:2: ts: missing"])
        #expect(reports("{\"v\":2,\"ts\":5}") == ["f.jsonl:2: v: not 1, the only version there is"])
        #expect(reports("{\"ts\":5,\"v\":2}") == ["f.jsonl:2: ts: not a string"])
    }

    @Test(arguments: all)
    func fieldsAreGivenOnce(field: String) {
        let once = EventLine.valid.with("user_id", "\"u\"").with("request_id", "\"r\"").with("rank", "0")
        let value = once.members.first { $0.name == field }?.json ?? ""
        let isOptional = !EventRejectionTests.required.contains(field)
        for again in [value, "null", "5", "\"x\"", "[]"] {
            #expect(reports(once.adding(field, again).text) == ["f.jsonl:2: \(field): given twice"])
            if isOptional {
                let line = once.with(field, "null").adding(field, again)
                #expect(reports(line.text) == ["f.jsonl:2: \(field): given twice"])
            }
        }
        let escaped = "\\u00" + String(Array(field.utf8)[0], radix: 16) + field.dropFirst()
        #expect(reports(once.adding(escaped, value).text) == ["f.jsonl:2: \(field): given twice"])
    }

    @Test(arguments: ["session_id", "item_id"], ["\"\"", "\" \"", "\"\\t\\u00a0\\u3000\""])
    func requiredIdsAreNotEmpty(field: String, json: String) {
        #expect(reports(EventLine.valid.with(field, json).text) == ["f.jsonl:2: \(field): empty"])
    }

    @Test(arguments: texts, ["5", "-0.5", "true", "false", "[]", "[\"x\"]", "{}", "{\"a\":1}"])
    func textsAreStrings(field: String, json: String) {
        #expect(reports(EventLine.valid.with(field, json).text) == ["f.jsonl:2: \(field): not a string"])
    }

    @Test(arguments: ["v", "rank"], ["\"1\"", "1.0", "1e2", "1E0", "0.5", "true", "false", "[]", "[1]", "{}", "\"\""])
    func wholeNumbersAreWhole(field: String, json: String) {
        #expect(reports(EventLine.valid.with(field, json).text) == ["f.jsonl:2: \(field): not a whole number"])
    }

    @Test(arguments: [
        "0", "2", "-1", "-0", "9223372036854775807", "9223372036854775808", "1" + String(repeating: "0", count: 40),
    ])
    func thereIsOneVersion(json: String) {
        #expect(reports(EventLine.valid.with("v", json).text) == ["f.jsonl:2: v: not 1, the only version there is"])
    }

    @Test(arguments: [
        "-1", "2147483648", "4294967295", "4294967296", "-9223372036854775808", "9223372036854775807",
        "9223372036854775808", "18446744073709551615", "18446744073709551616", "-9223372036854775809",
        "1" + String(repeating: "0", count: 400),
    ])
    func ranksAreInTheirRange(json: String) {
        #expect(reports(EventLine.valid.with("rank", json).text) == ["f.jsonl:2: rank: not between 0 and 2147483647"])
    }

    @Test(arguments: [
        ("2024-02-29", "not an RFC 3339 timestamp such as 2026-01-31T08:15:00Z"),
        ("2024-02-29 08:15:00Z", "not an RFC 3339 timestamp such as 2026-01-31T08:15:00Z"),
        ("", "not an RFC 3339 timestamp such as 2026-01-31T08:15:00Z"),
        ("2024-02- 29T08:15:00Z", "not an RFC 3339 timestamp such as 2026-01-31T08:15:00Z"),
        ("2023-02-29T08:15:00Z", "no such date in the calendar"),
        ("2024-02-29T24:00:00Z", "no such time of day or offset"),
        ("2024-02-29T08:15:00+24:00", "no such time of day or offset"),
        ("2024-02-29T23:59:60Z", "leap seconds are not accepted"),
        ("2024-02-29T08:15:00", "the offset is missing; end it with Z or, say, +02:00"),
        ("2024-02-29T08:15:00.1234567890Z", "more than 9 fractional digits; nanoseconds are the finest unit"),
        ("0000-01-01T00:00:00+00:01", "outside the years 0000 to 9999 once converted to UTC"),
        ("9999-12-31T23:59:59-00:01", "outside the years 0000 to 9999 once converted to UTC"),
    ])
    func timestampsHaveTheirReasons(ts: String, reason: String) {
        #expect(reports(EventLine.valid.with("ts", "\"\(ts)\"").text) == ["f.jsonl:2: ts: \(reason)"])
    }

    private static let reserved =
        "is a reserved name; none is '.', '..', '_' or '.quarantine', and none begins with '.tmp-'"

    @Test(
        arguments: ["tenant", "surface"],
        [
            ("", "is empty"), (" \\u2003", "is empty"),
            (String(repeating: "x", count: 256), "is longer than 255 bytes"),
            (String(repeating: "é", count: 128), "is longer than 255 bytes"),
            (".", reserved), (" .. ", reserved), ("_", reserved), (".tmp-", reserved), (".tmp-\u{301}x", reserved),
            ("a/b", "contains a path separator; a name is one safe path segment"),
            ("\\\\", "contains a path separator; a name is one safe path segment"),
            ("..\\/", "contains a path separator; a name is one safe path segment"),
            ("a\\u0000", "contains a control character"), ("\\u0085a\\u0085b", "contains a control character"),
            ("a\u{7F}b", "contains a control character"), ("a\\nb", "contains a control character"),
        ])
    func namesHaveTheirReasons(field: String, name: (json: String, reason: String)) {
        let line = EventLine.valid.with(field, "\"\(name.json)\"").text
        #expect(reports(line) == ["f.jsonl:2: \(field): \(name.reason)"])
    }

    @Test(arguments: ["[]", "5", "\"x\"", "true", "null", "[{}]", "-1.5"])
    func aRecordIsAnObject(line: String) {
        #expect(reports(line) == ["f.jsonl:2: record: not a JSON object"])
    }

    @Test(arguments: ["{}", ",", "5", "x", "]", "}", "null", "\"\"", "/**/", "//"])
    func nothingFollowsTheObject(tail: String) {
        for gap in ["", " ", "\t"] {
            let report = reports(EventLine.valid.text + gap + tail)
            #expect(report == ["f.jsonl:2: record: something follows the JSON object on its line"])
        }
    }

    @Test func strictSchemaRefusesUnknownFields() {
        #expect(
            reports(EventLine.valid.with("x", "1").text, isStrict: true)
                == ["f.jsonl:2: record: unknown field \"x\""])
        #expect(
            reports(EventLine.valid.with("Rank", "nul").with("y", "1").text, isStrict: true)
                == ["f.jsonl:2: record: unknown field \"Rank\""])
        let known = EventLine.valid.with("user_id", "\"u\"").with("request_id", "\"r\"").with("rank", "0")
        #expect(DecodedLines(known, isStrict: true).rejects.isEmpty)
    }

    /// Twenty are described, all are counted.
    @Test func manyBadRecordsAreCounted() {
        let decoded = DecodedLines(String(repeating: "{}\n", count: 25))
        #expect(decoded.rejects == (1...20).map { "f.jsonl:\($0): v: missing" })
        #expect(decoded.rejectCount == 25)
    }
}
