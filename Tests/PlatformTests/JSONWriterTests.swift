import Foundation
import Platform
import TestSupport
import Testing

/// The writer's text is JSON, in the very bytes that JSON v1 asks for.
@Suite struct JSONWriterTests {
    private static func compact(_ body: (inout JSONWriter) -> Void) -> String {
        String(decoding: JSONWriter.text(style: .compact, body), as: UTF8.self)
    }

    private static func indented(_ body: (inout JSONWriter) -> Void) -> String {
        String(decoding: JSONWriter.text(style: .indented, body), as: UTF8.self)
    }

    /// A document with everything: nesting, empty containers, several members, all kinds of values.
    private static func writeSample(_ writer: inout JSONWriter) {
        writer.object {
            $0.key("v")
            $0.integer(1)
            $0.key("empty")
            $0.object { _ in }
            $0.key("rows")
            $0.array { rows in
                rows.object {
                    $0.key(text: "a\"b")
                    $0.boolean(true)
                }
                rows.array { _ in }
                rows.array {
                    $0.number(0.5)
                    $0.string("x")
                }
            }
            $0.key("last")
            $0.boolean(false)
        }
    }

    @Test func compactText() {
        let text = JSONWriterTests.compact(JSONWriterTests.writeSample)
        #expect(text == #"{"v":1,"empty":{},"rows":[{"a\"b":true},[],[0.5,"x"]],"last":false}"#)
    }

    @Test func indentedText() {
        let expected = #"""
            {
              "v": 1,
              "empty": {},
              "rows": [
                {
                  "a\"b": true
                },
                [],
                [
                  0.5,
                  "x"
                ]
              ],
              "last": false
            }
            """#
        #expect(JSONWriterTests.indented(JSONWriterTests.writeSample) == expected)
    }

    @Test(arguments: ["{}", "[]", "1", #""""#])
    func aValueAloneLooksTheSameInBothStyles(expected: String) {
        let write: (inout JSONWriter) -> Void = { writer in
            switch expected {
            case "{}": writer.object { _ in }
            case "[]": writer.array { _ in }
            case "1": writer.integer(1)
            default: writer.string("")
            }
        }
        #expect(JSONWriterTests.compact(write) == expected)
        #expect(JSONWriterTests.indented(write) == expected)
    }

    @Test(arguments: [
        ("\"", #"\""#), ("\\", #"\\"#), ("/", "/"), ("'", "'"), ("\u{8}", #"\b"#), ("\u{C}", #"\f"#), ("\n", #"\n"#),
        ("\r", #"\r"#), ("\t", #"\t"#), ("\0", #"\u0000"#), ("\u{B}", #"\u000b"#), ("\u{1F}", #"\u001f"#),
        ("\u{10}", #"\u0010"#), ("<", #"\u003c"#), (">", #"\u003e"#), ("&", #"\u0026"#), ("\u{2028}", #"\u2028"#),
        ("\u{2029}", #"\u2029"#), ("\u{2027}", "\u{2027}"), ("\u{202A}", "\u{202A}"), ("\u{7F}", "\u{7F}"),
        ("\u{85}", "\u{85}"), ("é", "é"), ("\u{20A8}", "\u{20A8}"), ("👩‍👧", "👩‍👧"), ("\r\n", #"\r\n"#),
        ("</a>\u{2028}", #"\u003c/a\u003e\u2028"#),
    ])
    func documentedEscapes(text: String, escaped: String) {
        let expected = Array("\"\(escaped)\"".utf8)
        #expect(JSONWriter.text(style: .compact) { $0.string(text) } == expected)
        #expect(JSONWriter.text(style: .compact) { $0.string(Array(text.utf8).span) } == expected)
        let keyed = JSONWriter.text(style: .compact) { writer in
            writer.object {
                $0.key(text: text)
                $0.integer(0)
            }
        }
        #expect(keyed == Array("{".utf8) + expected + Array(":0}".utf8))
    }

    /// Another reader of JSON reads back every scalar, and finds no other character escaped than the documented ones.
    @Test func everyScalarRoundTrips() throws {
        let scalars = (0...0x1_FFFF).compactMap { Unicode.Scalar(UInt32($0)) }
        let text = String(String.UnicodeScalarView(scalars))
        let json = JSONWriter.text(style: .compact) { $0.string(text) }
        let decoded = try JSONDecoder().decode(String.self, from: Data(json))
        #expect(decoded.utf8.elementsEqual(text.utf8))
        // 32 controls, of which 5 have short escapes, `"` and `\`, `<` `>` `&`, and two line separators.
        #expect(json.count - 2 - text.utf8.count == 27 * 5 + 5 + 2 + 3 * 5 + 2 * 3)
    }

    /// Bytes that end in the middle of what might become a separator stand as they are.
    @Test(
        arguments: [[0xE2], [0xE2, 0x80], [0xE2, 0x80, 0xA7], [0x41, 0xE2, 0x80], [0xE2, 0xE2, 0x80, 0xA8]] as [[UInt8]]
    )
    func separatorsAreFoundWholeOrNotAtAll(bytes: [UInt8]) {
        let json = JSONWriter.text(style: .compact) { $0.string(bytes.span) }
        let expected = bytes.count == 4 ? [0xE2] + Array(#"\u2028"#.utf8) : bytes
        #expect(json == [0x22] + expected + [0x22])
    }

    @Test(
        arguments: [
            (3, "3"), (0.5, "0.5"), (0, "0"), (-2, "-2"), (1e21, "1e+21"), (0.1, "0.1"),
            (1.0 / 3, "0.3333333333333333"),
            (100, "100"), (123_456_789_012, "123456789012"), (9_007_199_254_740_992, "9007199254740992"),
        ] as [(Double, String)])
    func numbersAreTheShortestThatRoundTrip(value: Double, expected: String) {
        #expect(JSONWriterTests.compact { $0.number(value) } == expected)
    }

    @Test func everyNumberRoundTripsThroughAnotherReader() throws {
        var generator = SplitMix64(seed: 7)
        var values: [Double] = [
            .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, .pi, -1e-5, 1e16,
        ]
        while values.count < 3000 {
            let value = Double(bitPattern: generator.next())
            if value.isFinite { values.append(value) }
        }
        let json = JSONWriter.text(style: .indented) { writer in
            writer.array { array in for value in values { array.number(value) } }
        }
        #expect(try JSONDecoder().decode([Double].self, from: Data(json)) == values)
    }

    @Test func integersOfAllWidths() {
        let text = JSONWriterTests.compact { writer in
            writer.array {
                $0.integer(UInt64.max)
                $0.integer(Int64.min)
                $0.integer(UInt8(7))
            }
        }
        #expect(text == "[18446744073709551615,-9223372036854775808,7]")
    }

    @Test func drainingBetweenValuesChangesNothing() {
        var pieces: [UInt8] = []
        var writer = JSONWriter(style: .indented)
        writer.array { writer in
            for number in 0..<3 {
                writer.integer(number)
                writer.drain { pieces += $0 }
            }
        }
        writer.drain { pieces += $0 }
        let whole = JSONWriter.text(style: .indented) { $0.array { for number in 0..<3 { $0.integer(number) } } }
        #expect(pieces == whole)
        #expect(writer.bytes.isEmpty)
    }
}
