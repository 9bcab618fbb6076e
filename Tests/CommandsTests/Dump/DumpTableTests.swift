import TestSupport
import Testing

@testable import DumpCommands

/// A table is no wider than it may be, and says what it leaves out.
@Suite struct DumpTableTests {
    private static let columns: [DumpTable.Column] = [
        .init("NAME", .word), .init("ID", .text), .init("ROWS", .number), .init("PATH", .text), .init("LEAST", .number),
    ]
    private let table = DumpTable(
        DumpTableTests.columns,
        [
            ["user", "0123456789abcdef", "1,000", "/a/path/of/some/length", "0"],
            ["item", "short", "20", "/b", "123,456"],
        ])

    @Test func allOfItWhereThereIsNoTerminal() {
        #expect(
            table.lines(width: nil) == [
                "NAME  ID                 ROWS  PATH                      LEAST",
                "user  0123456789abcdef  1,000  /a/path/of/some/length        0",
                "item  short                20  /b                      123,456",
            ])
    }

    @Test func textsAreCutBeforeColumnsAreLeftOut() {
        #expect(
            table.lines(width: 42) == [
                "NAME  ID          ROWS  PATH         LEAST",
                "user  0123…cdef  1,000  /a/p…ngth        0",
                "item  short         20  /b         123,456",
            ])
        #expect(
            table.lines(width: 39) == [
                "NAME  ID             ROWS  PATH",
                "user  012345…bcdef  1,000  /a/pat…ength",
                "item  short            20  /b",
                "(no room for LEAST)",
            ])
        #expect(table.lines(width: 12) == ["NAME", "user", "item", "(no room for ID, ROWS, PATH, LEAST)"])
    }

    @Test(arguments: 4...80) func noLineIsWiderThanItMayBe(width: Int) {
        let lines = table.lines(width: width)
        #expect(lines.allSatisfy { $0.count <= width || $0.hasPrefix("(no room for ") })
        for column in DumpTableTests.columns {
            let isShown = lines[0].split(separator: " ").contains { $0 == column.title }
            let isNamed = lines.count == 4 && lines[3].contains(column.title)
            #expect(isShown != isNamed, "\(column.title)")
        }
    }
}
