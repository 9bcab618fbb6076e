import TestSupport
import Testing

@testable import Columns

/// A list keeps its ids apart, and its order is that of a slow and obvious comparison.
@Suite struct IdentifierListTests {
    /// Ids that differ late, early, in length only, and at the edge of the eight bytes that are compared first.
    private static let texts = [
        "", "\0", "\0\0", "a", "a\0", "ab", "b", "abcdefgh", "abcdefgh\0", "abcdefghi", "abcdefgi", "é", "日", "~", "10",
        "9",
    ]

    @Test func idsAreKeptApart() {
        let list = IdentifierList(IdentifierListTests.texts)
        #expect(list.count == IdentifierListTests.texts.count)
        #expect(list.indices.map { list.string(at: $0) } == IdentifierListTests.texts)
        #expect(list.indices.map { list.byteCount(at: $0) } == IdentifierListTests.texts.map(\.utf8.count))
        #expect(list.text(of: 3..<6) == Array("aa\0ab".utf8))
        #expect(IdentifierList(["ab", "c"]) != IdentifierList(["a", "bc"]))
        #expect(IdentifierList().isEmpty)
    }

    @Test func orderIsThatOfTheBytesAndStable() {
        var generator = SplitMix64(seed: 10)
        for _ in 0..<200 {
            let texts = (0..<20).map { _ in IdentifierListTests.texts.randomElement(using: &generator) ?? "" }
            let list = IdentifierList(texts)
            let expected = texts.indices.sorted { left, right in
                let (first, second) = (Array(texts[left].utf8), Array(texts[right].utf8))
                return first == second ? left < right : first.lexicographicallyPrecedes(second)
            }
            guard list.orderByBytes().map({ Int($0) }) == expected else {
                Issue.record("\(texts)")
                return
            }
        }
    }

    /// Lengths that do not fit beside a prefix included.
    @Test func theOrderOfLengths() {
        let lengths = [0, 1, 2, 6, 7, 8, 9, 253, 254, 255, 256, 300]
        let texts =
            lengths.flatMap { length in
                ["b", "a", "é"].map { String(repeating: $0, count: length) }.map { String($0.prefix(length)) }
            } + ["10", "9", "2", "a10", "a9"]
        let bytes = texts.map { Array($0.utf8) }
        let expected = texts.indices.sorted { left, right in
            let (first, second) = (bytes[left], bytes[right])
            if first.count != second.count { return first.count < second.count }
            return first == second ? left < right : first.lexicographicallyPrecedes(second)
        }
        #expect(IdentifierList(texts).orderByLength().map { Int($0) } == expected)
    }

    /// What all ids begin with, none of it up to whole ids of them, is no part of the keys.
    @Test(arguments: ["", "0", "31198", "31198570044"])
    func idsThatBeginAlike(shared: String) {
        let texts = ["", "7", "12", "\0", "~~~~~~~~", "1234567", "12345678", "123456789"].map { shared + $0 }
        let list = IdentifierList(texts)
        let byBytes = texts.indices.sorted { Array(texts[$0].utf8).lexicographicallyPrecedes(Array(texts[$1].utf8)) }
        let byLength = byBytes.sorted { texts[$0].utf8.count < texts[$1].utf8.count }
        #expect(list.orderByBytes().map { Int($0) } == byBytes)
        #expect(list.orderByLength().map { Int($0) } == byLength)
    }

    @Test func ascendingIsStrict() {
        let sorted = IdentifierList(IdentifierListTests.texts).selecting(
            IdentifierList(IdentifierListTests.texts).orderByBytes())
        #expect(sorted.isStrictlyAscending)
        for index in UInt32(0)..<UInt32(sorted.count - 1) {
            var order = Array(UInt32(0)..<UInt32(sorted.count))
            order.swapAt(Int(index), Int(index) + 1)
            #expect(!sorted.selecting(order).isStrictlyAscending)
            order[Int(index)] = order[Int(index) + 1]
            #expect(!sorted.selecting(order).isStrictlyAscending)
        }
        #expect(IdentifierList().isStrictlyAscending)
        #expect(IdentifierList(["x"]).isStrictlyAscending)
    }

    @Test(arguments: 0...16)
    func lookingUpFindsJustWhatIsThere(count: Int) {
        let all = IdentifierList(IdentifierListTests.texts)
        let sorted = all.selecting(all.orderByBytes())
        let list = sorted.selecting(Array(0..<UInt32(count)))
        for index in sorted.indices {
            let found = list.index(ofSorted: sorted[index])
            #expect(found == (index < count ? index : nil))
        }
    }
}
