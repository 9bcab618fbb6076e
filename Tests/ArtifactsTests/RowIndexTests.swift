import Columns
import TestSupport
import Testing

@testable import Artifacts

/// Every key finds its row and no other, and every other text finds none.
@Suite struct RowIndexTests {
    private func entries(_ index: RowIndex, _ key: String) -> Range<Int>? {
        let bytes = Array(key.utf8)
        return index.entries(of: bytes.span)
    }

    @Test(arguments: IdentifierStyle.allCases, [0, 1, 2, 9, 10, 11, 5_000])
    func everyKeyAndNoOther(style: IdentifierStyle, count: Int) {
        let keys = IdentifierList((0..<count).map { style.text($0 * 2) })
        let lengths = (0..<count).map { UInt32($0 % 4) }
        let index = RowIndex(keys, lengths: lengths)
        #expect(index.count == count)
        var start = 0
        for row in 0..<count {
            let end = start + Int(lengths[row])
            guard index.key(ofRow: row) == style.text(row * 2), entries(index, style.text(row * 2)) == start..<end,
                entries(index, style.text(row * 2 + 1)) == nil
            else {
                Issue.record("row \(row) of \(count)")
                return
            }
            start = end
        }
        #expect(entries(index, "") == nil)
    }

    /// All texts of up to four letters of an alphabet of three, every second of them a key.
    @Test func smallTextsAreExhausted() {
        let texts = SmallWorlds.lists(of: ["a", "b", "\0"], lengths: 1...4).map { $0.joined() }
        let keys = texts.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
        let index = RowIndex(IdentifierList(keys), lengths: keys.map { _ in 1 })
        for (number, text) in texts.enumerated() {
            #expect(entries(index, text) == (number.isMultiple(of: 2) ? number / 2..<number / 2 + 1 : nil))
        }
    }

    /// Long keys that differ in one byte, wherever it stands.
    @Test(arguments: [15, 16, 17, 300])
    func longKeysThatResembleEachOther(byteCount: Int) {
        let keys = (0..<byteCount).map { place in
            String(decoding: (0..<byteCount).map { UInt8(ascii: $0 == place ? "b" : "a") }, as: UTF8.self)
        }
        let index = RowIndex(IdentifierList(keys), lengths: keys.map { _ in 1 })
        for (row, key) in keys.enumerated() { #expect(entries(index, key) == row..<row + 1) }
        #expect(entries(index, String(repeating: "a", count: byteCount)) == nil)
    }
}
