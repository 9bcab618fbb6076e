import Columns
import Events
import TestSupport
import Testing

@testable import Ingest

/// What the event contract allows becomes the event that it describes.
@Suite struct EventContractTests {
    /// The one event that a line is; nil if it is none, or more.
    private func event(_ line: EventLine) -> Exposure? {
        let decoded = DecodedLines(line)
        #expect(decoded.rejects.isEmpty)
        return decoded.exposures.count == 1 ? decoded.exposures.first : nil
    }

    private static let valid = Exposure(session: "s", item: "i", at: 29_700_000_000_000)

    @Test func theRequiredFieldsSuffice() {
        #expect(event(.valid) == EventContractTests.valid)
        #expect(DecodedLines(.valid).partitionKeys == [.fixture()])
    }

    @Test func everyOrderOfTheFieldsIsTheSameEvent() {
        let members = EventLine.valid.with("user_id", "\"u\"").members
        var lines: [String] = []
        func permute(_ chosen: [Int]) {
            if chosen.count == members.count {
                lines.append(EventLine(members: chosen.map { members[$0] }).text)
            }
            for index in members.indices where !chosen.contains(index) { permute(chosen + [index]) }
        }
        permute([])
        let decoded = DecodedLines(lines.joined(separator: "\n"))
        let expected = Exposure(user: "u", session: "s", item: "i", at: 29_700_000_000_000)
        #expect(decoded.exposures == Array(repeating: expected, count: 5040))
        #expect(decoded.lineCount == 5040)
    }

    @Test(arguments: [
        ("\"2024-02-29T00:00:00.000000001Z\"", "2024-02-29", 1),
        ("\"2024-02-29t00:00:01.5z\"", "2024-02-29", 1_500_000_000),
        ("\"2026-01-08T00:30:00+02:00\"", "2026-01-07", 81_000_000_000_000),
        ("\"2023-12-31T23:30:00-01:00\"", "2024-01-01", 1_800_000_000_000),
        ("\"1969-12-31T23:59:59.999999999Z\"", "1969-12-31", 86_399_999_999_999),
        ("\"0000-01-01T00:00:00-00:00\"", "0000-01-01", 0),
        ("\"9999-12-31T23:59:59Z\"", "9999-12-31", 86_399_000_000_000),
        ("\" \\t2024-02-29T00:00:00Z\\u3000\\n\"", "2024-02-29", 0),
        ("\"2024\\u002d02-29T00:00:00\\u005a\"", "2024-02-29", 0),
    ])
    func timesBecomeDaysAndNanoseconds(ts: String, day: String, nanosecond: UInt64) {
        let decoded = DecodedLines(.valid.with("ts", ts))
        #expect(decoded.rejects.isEmpty)
        #expect(decoded.partitionKeys == [.fixture(day: day)])
        #expect(decoded.exposures.map(\.nanosecondOfDay) == [nanosecond])
    }

    @Test(arguments: [
        ("\"007\"", "007"), ("\"7\"", "7"), ("\"\\u00e9\"", "é"), ("\"é\"", "é"), ("\"e\\u0301\"", "e\u{301}"),
        ("\"\\ud83d\\uDC69\"", "👩"), ("\"👩\\u200d👧\"", "👩\u{200D}👧"), ("\"a b\\t c\"", "a b\t c"),
        ("\"\\\"\\\\\\/\\b\\f\\n\\r\\tx\"", "\"\\/\u{8}\u{C}\n\r\tx"), ("\"\\u0000\"", "\0"), ("\"a\\u0000\"", "a\0"),
        ("\"\u{7F}\\u001f\"", "\u{7F}\u{1F}"), ("\"\u{FEFF}\"", "\u{FEFF}"), ("\"\\u200b\"", "\u{200B}"),
        ("\"null\"", "null"), ("\"a/b\\\\c\"", "a/b\\c"), ("\"{[,:]}\"", "{[,:]}"), ("\"\\\\\\\\\"", "\\\\"),
    ])
    func idsAreTheirDecodedText(json: String, id: String) {
        let line = ["user_id", "session_id", "request_id", "item_id"].reduce(EventLine.valid) { $0.with($1, json) }
        var expected = EventContractTests.valid
        (expected.user, expected.session, expected.request, expected.item) = (id, id, id, id)
        #expect(event(line) == expected)
    }

    @Test func idsMayBeLongAndFullOfEscapes() {
        let long = String(repeating: "é\"", count: 1400)
        let json = "\"" + String(repeating: "\\u00e9\\\"", count: 1400) + "\""
        #expect(
            event(.valid.with("item_id", json).with("user_id", "\"" + String(repeating: "x", count: 4096) + "\""))
                == Exposure(user: String(repeating: "x", count: 4096), session: "s", item: long, at: 29_700_000_000_000)
        )
    }

    /// Unicode's property White_Space, character by character, in every place where the contract trims.
    @Test func whiteSpaceAroundTextsIsNoPartOfThem() {
        let spaces = (0...0x10FFFF).compactMap { Unicode.Scalar($0) }.filter(\.properties.isWhitespace)
        #expect(spaces.count == 25)
        let fields = ["ts", "tenant", "surface", "user_id", "session_id", "request_id", "item_id"]
        let base = EventLine.valid.with("user_id", "\"u\"").with("request_id", "\"r\"")
        for space in spaces {
            let digits = String(space.value, radix: 16)
            let escaped = "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            for spelling in space.value < 0x20 ? [escaped] : [escaped, String(space)] {
                var line = base
                for index in line.members.indices where fields.contains(line.members[index].name) {
                    let inner = line.members[index].json.dropFirst().dropLast()
                    line.members[index].json = "\"\(spelling)\(inner)\(spelling)\(spelling)\""
                }
                var expected = EventContractTests.valid
                (expected.user, expected.request) = ("u", "r")
                #expect(event(line) == expected, "U+\(digits)")
                #expect(DecodedLines(line).partitionKeys == [.fixture()])
            }
        }
    }

    @Test(arguments: ["null", "\"\"", "\" \"", "\"\\u2003\\n\""])
    func emptyOptionalIdsAreNone(json: String) {
        #expect(event(.valid.with("user_id", json).with("request_id", json)) == EventContractTests.valid)
    }

    @Test(
        arguments: [
            ("null", nil), ("0", 0), ("-0", 0), ("1", 1), ("2147483647", 2_147_483_647),
        ] as [(String, UInt32?)])
    func ranksKeepAbsentAndZeroApart(json: String, rank: UInt32?) {
        var expected = EventContractTests.valid
        expected.rank = rank
        #expect(event(.valid.with("rank", json)) == expected)
    }

    @Test func namesOfFieldsMayBeEscaped() {
        let line = EventLine.valid.without("item_id").with("item\\u005fid", "\"x\"").with("\\u0075ser_id", "\"u\"")
        let decoded = DecodedLines(line)
        #expect(decoded.exposures == [Exposure(user: "u", session: "s", item: "x", at: 29_700_000_000_000)])
        #expect(decoded.unknownFieldCount == 0)
    }

    @Test func namesOfFieldsAreCaseSensitive() {
        let decoded = DecodedLines(.valid.with("Rank", "1").with("USER_ID", "5").with("v ", "2").with("", "0"))
        #expect(decoded.exposures == [EventContractTests.valid])
        #expect(decoded.unknownFieldCount == 4)
    }

    @Test(arguments: [
        "1", "-1.5e-7", "1e308", "123456789012345678901234567890", "true", "false", "null", "\"\"",
        "\"\\ud83d\\udc69\"",
        "[]", "{}", "[1,[],{\"a\":[null]}]", "{\"item_id\":\"y\",\"item_id\":5,\"v\":2}", "[ 1 , 2 ]",
        String(repeating: "[", count: 256) + String(repeating: "]", count: 256),
        String(repeating: "[", count: 256) + "1" + String(repeating: "]", count: 256),
        String(repeating: "{\"a\":", count: 256) + "\"x\"" + String(repeating: "}", count: 256),
    ])
    func unknownFieldsAreCountedWhateverTheyHold(json: String) {
        for line in [EventLine(members: [("x", json)] + EventLine.valid.members), .valid.with("x", json)] {
            let decoded = DecodedLines(line.with("y", "0"))
            #expect(decoded.rejects.isEmpty)
            #expect(decoded.exposures == [EventContractTests.valid])
            #expect(decoded.unknownFieldCount == 2)
        }
    }

    @Test func unknownFieldsOfBadRecordsAreNotCounted() {
        let lines = [EventLine.valid.with("x", "1").without("item_id").text, EventLine.valid.text]
        #expect(DecodedLines(lines.joined(separator: "\n")).unknownFieldCount == 0)
    }

    @Test(arguments: [
        "..x", "...", ".hidden", "__", "a b", "~", "Ä", "x.tmp-", String(repeating: "é", count: 127) + "x",
    ])
    func safeNamesAreTenantsAndSurfaces(name: String) {
        let decoded = DecodedLines(.valid.with("tenant", "\"\(name)\"").with("surface", "\"\(name)\""))
        #expect(decoded.rejects.isEmpty)
        #expect(decoded.partitionKeys == [.fixture(tenant: name, surface: name)])
    }

    @Test func canonicallyEquivalentNamesAndIdsStayDistinct() {
        let spellings = ["\"\u{E9}\"", "\"e\u{301}\""]
        let lines = spellings.flatMap { name in
            spellings.map { EventLine.valid.with("tenant", name).with("user_id", $0).with("item_id", $0).text }
        }
        let decoded = DecodedLines(lines.joined(separator: "\n"))
        #expect(decoded.partitionKeys.count == 2)
        #expect(Set(decoded.exposures).count == 2)
    }
}
