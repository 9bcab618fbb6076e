import Columns
import Platform
import TestSupport
import Testing

@testable import Builders

/// Rows and entries come one after the other, over the ends of blocks, empty rows and single long ones too.
@Suite struct RankedRowsCursorTests {
    private func rows(_ lengths: [Int]) -> RankedRows {
        let count = lengths.reduce(0, +)
        let numbers = (0..<count).map { UInt32($0 % 1_000) }
        return RankedRows(
            rowKeys: IdentifierList(), memberKeys: IdentifierList((0..<1_000).map { "\($0)" }),
            rowLengths: ScratchArray(lengths.map { UInt32($0) }), members: ScratchArray(numbers),
            values: .counts(ScratchArray(numbers.map { $0 + 1 })))
    }

    @Test(arguments: [
        [], [0], [0, 0, 3, 0], [65_535, 1, 1], [65_536, 0, 2], [140_000], [0, 200_000, 0],
        [Int](repeating: 1, count: 70_000), [Int](repeating: 3, count: 65_536),
    ])
    func everyEntryInItsRow(lengths: [Int]) throws {
        var cursor = RankedRowsCursor(rows(lengths))
        var next = 0
        for length in lengths {
            let found = try cursor.readRow()
            guard found == length else {
                Issue.record("a row of \(length) has \(found ?? -1)")
                return
            }
            for _ in 0..<length {
                let entry = try cursor.readEntry()
                guard entry == RankedRows.Entry(member: next % 1_000, value: .count(UInt32(next % 1_000 + 1))) else {
                    Issue.record("entry \(next) is \(entry)")
                    return
                }
                next += 1
            }
        }
        #expect(try cursor.readRow() == nil)
    }
}
