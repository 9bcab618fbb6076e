import Events
import TestSupport
import Testing

@testable import Ingest

/// What is a line, what is a blank one, and that a bad line costs no other.
@Suite struct LineContractTests {
    /// An event that can be told from others by its item.
    private func line(_ item: String) -> String { EventLine.valid.with("item_id", "\"\(item)\"").text }

    private func items(_ decoded: DecodedLines) -> [String] { decoded.exposures.map(\.item) }

    @Test(arguments: ["\n", "\r\n", " \n", "\t\r \n", "\n\n", "\n\r\n \t\n", "\n\u{20}"])
    func whiteSpaceAroundObjectsIsIgnored(end: String) {
        let decoded = DecodedLines(line("a") + end + line("b") + end)
        #expect(decoded.rejects.isEmpty)
        #expect(items(decoded) == ["a", "b"])
    }

    @Test(arguments: [
        ("", 0), ("\n", 1), (" ", 1), ("\r\n\t\n", 2), ("\n\n\n", 3), ("\n\r", 2),
    ])
    func blankLinesAreLinesAndNothingElse(text: String, lineCount: Int) {
        let decoded = DecodedLines(text)
        #expect(decoded.lineCount == lineCount)
        #expect(decoded.rejects.isEmpty)
        #expect(decoded.exposures.isEmpty)
    }

    @Test func blankLinesCountInPlaces() {
        let decoded = DecodedLines("\n \n\r\nx\n\n" + line("a") + "\n[]")
        #expect(decoded.rejectedLines == [4, 7])
        #expect(items(decoded) == ["a"])
        #expect(decoded.lineCount == 7)
    }

    @Test func theLastLineNeedsNoNewline() {
        for text in [line("a") + "\n" + line("b"), line("a") + "\n" + line("b") + "\n"] {
            let decoded = DecodedLines(text)
            #expect(items(decoded) == ["a", "b"])
            #expect(decoded.lineCount == 2)
        }
    }

    /// What stands behind the last line in memory is no part of it.
    @Test func paddingIsNoPartOfTheLastLine() {
        let whole = Array(line("a").utf8)
        for padding: UInt8 in [0, 0x20, 0x22, 0x2C, 0x30, 0x31, 0x5C, 0x65, 0x7D, 0xFF] {
            #expect(items(DecodedLines(whole, padding: padding)) == ["a"])
            for part in SmallWorlds.truncations(of: whole) where !part.isEmpty {
                let decoded = DecodedLines(Array(part), padding: padding)
                #expect(decoded.rejects.count == 1 && decoded.exposures.isEmpty, "\(part.count) bytes, \(padding)")
            }
        }
    }

    /// Every beginning of a line, between two whole ones.
    @Test func aLineThatIsCutCostsNoOther() {
        let whole = Array(line("a\\u00e9").utf8)
        let (before, after) = (Array((line("x") + "\n").utf8), Array(("\n" + line("y")).utf8))
        for part in SmallWorlds.truncations(of: whole) {
            let decoded = DecodedLines(before + Array(part) + after)
            #expect(items(decoded) == ["x", "y"])
            #expect(decoded.rejectedLines == (part.isEmpty ? [] : [2]))
        }
    }

    /// Every pair of bad lines around a good one, so that nothing that one leaves behind reaches the next.
    @Test func badLinesDoNotReachTheirNeighbours() {
        let bad = [
            "{", "}", "[", "\"", "{\"", "{\"v\":1", "{\"item_id\":\"", "nul", "\u{FEFF}{}", "{}{}", "{\"x\":nul}",
            "{\"x\":[[[[", "\\", "{\"x\":\"\\ud83d\"}", "\0", "{\"rank\":1e999}", "{\"x\":1e999}", "{\"a\":1,}", "5",
            "'",
        ]
        for first in bad {
            for second in bad {
                let decoded = DecodedLines("\(first)\n\(line("a"))\n\(second)\n\(line("b"))")
                #expect(items(decoded) == ["a", "b"], "\(first) and \(second)")
                #expect(decoded.rejectedLines == [1, 3])
            }
        }
    }

    @Test func lengthsAreJudgedWithoutTheNewline() {
        let text = line("a")
        let limit = text.utf8.count
        for end in ["", "\n", "\n" + line("b")] {
            let padded = DecodedLines(Array((" " + text + end).utf8), maximumLineByteCount: limit)
            #expect(padded.rejects == ["f.jsonl:1: record: longer than \(limit) bytes"])
            let fitting = DecodedLines(Array((text + end).utf8), maximumLineByteCount: limit)
            #expect(fitting.rejects.isEmpty)
        }
        let blank = DecodedLines(Array(repeating: 0x20, count: limit), maximumLineByteCount: limit)
        #expect(blank.rejects.isEmpty)
        let overlong = DecodedLines(Array(repeating: 0x20, count: limit + 1), maximumLineByteCount: limit)
        #expect(overlong.rejects == ["f.jsonl:1: record: longer than \(limit) bytes"])
    }
}
