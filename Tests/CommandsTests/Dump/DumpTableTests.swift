import Testing

@testable import DumpCommands

/// Tables fit where they are asked to, and what is in a file does not move the cursor.
@Suite struct DumpTableTests {
    private static let columns: [DumpTable.Column] = [
        .init("RANK", .number), .init("NAME", .text), .init("WORD", .word), .init("OTHER", .text),
    ]
    private static let table = DumpTable(
        columns,
        [
            ["1", "0123456789abcdef", "yes", "short"],
            ["22,000", "x", "no", "0123456789abcdefghij0123456789abcdefghij"],
        ])

    @Test func aTableWithoutLimitsHasAllText() {
        #expect(
            DumpTableTests.table.lines(width: nil) == [
                "  RANK  NAME              WORD  OTHER",
                "     1  0123456789abcdef  yes   short",
                "22,000  x                 no    0123456789abcdefghij0123456789abcdefghij",
            ])
    }

    @Test func theWidestTextGivesWay() {
        #expect(
            DumpTableTests.table.lines(width: 50) == [
                "  RANK  NAME              WORD  OTHER",
                "     1  0123456789abcdef  yes   short",
                "22,000  x                 no    012345678…cdefghij",
            ])
        #expect(
            DumpTableTests.table.lines(width: 40) == [
                "  RANK  NAME          WORD  OTHER",
                "     1  012345…bcdef  yes   short",
                "22,000  x             no    012345…fghij",
            ])
    }

    @Test(arguments: 34...80)
    func linesFit(width: Int) {
        #expect(DumpTableTests.table.lines(width: width).allSatisfy { $0.count <= width })
    }

    @Test func noRowsAreNoTable() {
        #expect(DumpTable(DumpTableTests.columns).lines(width: nil).isEmpty)
    }

    @Test(arguments: [
        ("plain", "plain"), ("a\tb\r\n", #"a\tb\r\n"#), (#"a\b"#, #"a\\b"#), ("\u{1B}[2J", #"\u{1b}[2J"#),
        ("\u{0}\u{7F}\u{9B}", #"\u{0}\u{7f}\u{9b}"#), ("\u{2028}\u{202E}x\u{2066}", #"\u{2028}\u{202e}x\u{2066}"#),
        ("👩‍💻é", "👩‍💻é"),
    ])
    func controlsAreShown(text: String, line: String) {
        #expect(DisplayText.line(text) == line)
    }

    @Test func shortening() {
        #expect(DisplayText.shortened("abcdef", to: 6) == "abcdef")
        #expect(DisplayText.shortened("abcdefg", to: 6) == "abc…fg")
        #expect(DisplayText.shortened("abcdefg", to: 2) == "a…")
        #expect(DisplayText.shortened("abcdefg", to: 1) == "a")
    }
}
