import Foundation
import Platform
import TestSupport
import Testing

@testable import Ingest

/// What a line is does not depend on the lines that the decoder has seen before it, though it reads lines of a shape
/// that it knows in another way. A decoder that has seen no line knows no shape, and so is the oracle.
@Suite struct LineShapeTests {
    /// All fields, so that a shape has all kinds of values.
    private static let full = EventLine.valid.with("user_id", "\"u\"").with("request_id", "\"r\"").with("rank", "7")

    private func expectEqual(_ lines: [[UInt8]], maximumLineByteCount: Int = 1 << 20, isStrict: Bool = false) {
        func makeDecoder() -> EventDecoder {
            LineOutcomes.decoder(maximumLineByteCount: maximumLineByteCount, isStrict: isStrict)
        }
        let alone = LineOutcomes(eachOf: lines, makeDecoder: makeDecoder)
        let decoder = makeDecoder()
        let chunk = Array(lines.map { $0 + [0x0A] }.joined())
        for reading in ["first", "second"] {
            let together = LineOutcomes(chunk, by: decoder)
            #expect(together.unknownFieldCount == alone.unknownFieldCount)
            #expect(together.outcomes.count == lines.count)
            for (index, (found, expected)) in zip(together.outcomes, alone.outcomes).enumerated()
            where found != expected {
                let line = String(decoding: lines[index], as: UTF8.self)
                Issue.record("\(reading) reading, line \(index), \(line): \(found), not \(expected)")
            }
        }
    }

    private func expectEqual(_ lines: [EventLine]) {
        expectEqual(lines.map { Array($0.text.utf8) })
    }

    /// The full line with one value after the other replaced, between lines that keep its shape known.
    private func expectEqual(with json: some Sequence<String>, for fields: [String]) {
        expectEqual(
            fields.flatMap { field in json.flatMap { [LineShapeTests.full, LineShapeTests.full.with(field, $0)] } })
    }

    @Test func ranksAreReadAlike() {
        let ranks = [
            "0", "1", "9", "10", "99", "00", "01", "-0", "-1", "+1", "1.0", "1.", "1e0", "1E2", "", " 5", "5 ", "5\t",
            "null", "\"7\"", "7x", "7 7", "0x7", "999999999", "2147483646", "2147483647", "2147483648", "4294967295",
            "4294967296", "9999999999", "10000000000", "12345678901", "00000000007", "9223372036854775807",
            "9223372036854775808", "18446744073709551616", "99999999999999999999", "[7]", "{}", "true", "7\0",
        ]
        expectEqual(with: ranks, for: ["rank", "v"])
        // Where nothing but the end of the object follows, and where another field does.
        expectEqual(ranks.flatMap { [EventLine.valid.with("rank", "3"), EventLine.valid.with("rank", $0)] })
        let first = EventLine(members: [("rank", "3")] + EventLine.valid.members)
        expectEqual(ranks.flatMap { [first, first.with("rank", $0)] })
    }

    @Test func stringsAreReadAlike() {
        let texts = [
            "", "é", "\u{7F}", "\u{1F}", "\t", "\r", "\0", "\\", "\\\"", "\\\\", "\\u00e9", "\\ud83d", "\\x", "👩",
            "\",\"item_id\":\"j", "a\"", "\"a", "\"}", "}", "{\"v\":1}", "\"\"", ",", ":", " a ", "null",
        ]
        let values = texts.map { "\"\($0)\"" } + ["null", "5", "[]", "{}", "true", "", "\"", "nul"]
        let fields = ["ts", "tenant", "surface", "user_id", "session_id", "request_id", "item_id"]
        expectEqual(with: values, for: fields)
    }

    /// Lengths around those of the blocks that are read at once, and what ends or spoils a string in every place.
    @Test func stringsOfEveryLengthAreReadAlike() {
        let spoilers = ["", "\\", "\\n", "é", "\u{1F}", "\0", "\"", "\"x"]
        let texts = (0...50).flatMap { length in
            spoilers.map { "\"" + String(repeating: "x", count: length) + $0 + String(repeating: "y", count: 3) + "\"" }
        }
        expectEqual(with: texts, for: ["user_id", "item_id"])
    }

    @Test(
        arguments: [
            [0x80], [0xBF, 0xBF], [0xC3], [0xE2, 0x80], [0xF0, 0x9F, 0x91], [0xC0, 0x80], [0xE0, 0x80, 0x80],
            [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xC3, 0xA9], [0xF0, 0x9F, 0x91, 0xA9],
        ] as [[UInt8]])
    func bytesBeyondASCIIAreReadAlike(bytes: [UInt8]) {
        let text = Array(LineShapeTests.full.text.utf8)
        expectEqual(
            text.indices.flatMap { place -> [[UInt8]] in [text, text[..<place] + bytes + text[place...]] })
    }

    /// Every byte of a line, changed to every other.
    @Test func everyByteMayBeAnyOther() {
        let text = Array(LineShapeTests.full.with("ts", "\"t\"").text.utf8)
        let bytes = (0...UInt8.max).filter { $0 != 0x0A }
        for place in text.indices {
            expectEqual(
                [text]
                    + bytes.map { byte in
                        var damaged = text
                        damaged[place] = byte
                        return damaged
                    })
        }
    }

    /// A byte more or less in every place, what stands behind the object, and ends of lines.
    @Test func bytesMayBeMissingOrTooMany() {
        let text = Array(LineShapeTests.full.text.utf8)
        let additions = [" ", "\r", "\t", "}", "\"", ",", "{", "x", "\0", "{}"].map { Array($0.utf8) }
        for place in 0...text.count {
            let (head, tail) = (Array(text[..<place]), Array(text[place...]))
            let longer = additions.map { head + $0 + tail }
            expectEqual([text, head + Array(tail.dropFirst()), head, tail] + longer + [text])
        }
        for end in ["\r", " ", " \r", "\t", "\r\r"] {
            let ending = text + Array(end.utf8)
            expectEqual([ending, text, ending, text, text, ending, []])
        }
    }

    /// The rest of a line that is cut at the end of the chunk may stand in the padding, and is no part of the line.
    @Test func aLineEndsWithTheChunk() {
        let text = Array(LineShapeTests.full.text.utf8)
        for place in 0...text.count {
            let decoder = LineOutcomes.decoder()
            _ = LineOutcomes(text + [0x0A], by: decoder)
            let (head, rest) = (Array(text[..<place]), Array(text[place...]) + [0x0A])
            let alone = LineOutcomes(head, by: LineOutcomes.decoder())
            #expect(LineOutcomes(head, by: decoder, padding: rest) == alone, "cut at \(place)")
            #expect(LineOutcomes(head, by: decoder, padding: [0x0A]) == alone)
            let endless = [UInt8](repeating: 0x61, count: 64)
            #expect(LineOutcomes(head, by: decoder, padding: endless) == alone)
        }
    }

    @Test func lengthsAreJudgedAlike() {
        let lines = (1...6).map { EventLine.valid.with("item_id", "\"\(String(repeating: "i", count: $0))\"") }
        let texts = lines.map { Array($0.text.utf8) }
        for limit in texts[0].count...texts[5].count { expectEqual(texts + texts, maximumLineByteCount: limit) }
    }

    /// More shapes than are kept, in turn and at random: with null, with unknown fields, with spaces, with long gaps.
    @Test(arguments: [false, true])
    func shapesMayBeMixed(isStrict: Bool) {
        let valid = EventLine.valid
        let shapes = [
            valid, LineShapeTests.full, valid.with("rank", "0"), valid.with("user_id", "null"),
            valid.with("request_id", "\"r\""), valid.with("x", "1"), valid.without("item_id"),
            valid.adding("session_id", "\"s\""), EventLine(members: valid.members.reversed()),
            valid.with("user_id", "null").with("request_id", "null").with("rank", "null"),
            valid.without("item_id").with("item\\u005fid", "\"i\""),
        ]
        var texts = shapes.map(\.text)
        texts.append(" { \"v\" : 1 ," + valid.text.dropFirst(7) + String(repeating: " ", count: 100))
        texts.append(valid.text.replacing(":", with: " : ").replacing(",", with: " , "))
        texts.append(valid.text.replacing(",", with: String(repeating: " ", count: 60) + ","))
        var lines = (0..<3).flatMap { _ in texts }
        var generator = SplitMix64(seed: 7)
        lines += (0..<500).map { _ in texts[Int.random(in: texts.indices, using: &generator)] }
        expectEqual(lines.map { Array($0.utf8) }, isStrict: isStrict)
    }

    /// Lines as they are written in many ways, some of them twice with a byte or a value changed.
    @Test(arguments: 1...4)
    func randomLinesAreReadAlike(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var lines: [[UInt8]] = []
        for _ in 0..<400 {
            var line = Array(RandomEvent(using: &generator).line(using: &generator).utf8)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                lines.append(line.filter { $0 != 0x0A })
                let place = Int.random(in: line.indices, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: line[place] = UInt8.random(in: 0x20...0x7F, using: &generator)
                case 1: line.insert(line[place], at: place)
                default: line = Array(lines[Int.random(in: lines.indices, using: &generator)])
                }
            }
        }
        expectEqual(lines)
    }

    /// The chunks that the fuzzer begins with, and those that it has found, whatever stands behind them.
    @Test func chunksOfTheFuzzerAreReadAlike() throws {
        let root = (0..<3).reduce(URL(filePath: #filePath)) { place, _ in place.deletingLastPathComponent() }
        let folder = root.appending(path: "Fixtures/fuzz/events")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".jsonl") }
        #expect(!names.isEmpty)
        for name in names {
            let bytes = [UInt8](try Data(contentsOf: folder.appending(path: name)))
            let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
            let alone = LineOutcomes(eachOf: bytes.last == 0x0A ? lines.dropLast() : lines)
            for padding: UInt8 in [0x0A, 0x7D, 0x22, 0x31] {
                let filler = [UInt8](repeating: padding, count: LineChunk.paddingByteCount)
                #expect(LineOutcomes(bytes, by: LineOutcomes.decoder(), padding: filler) == alone, "\(name)")
            }
            for limit in [100, 1 << 20] {
                expectEqual(lines, maximumLineByteCount: limit)
                expectEqual(lines, maximumLineByteCount: limit, isStrict: true)
            }
        }
    }
}
