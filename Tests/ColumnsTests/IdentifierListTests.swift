import TestSupport
import Testing

@testable import Columns

/// A list of ids, its order, and the codes of a column, against the obvious ways to have them.
@Suite struct IdentifierListTests {
    /// Ids that differ late, early, in length only, and at the edge of the eight bytes that are compared first.
    private static let texts = [
        "", "\0", "\0\0", "a", "a\0", "ab", "b", "abcdefgh", "abcdefgh\0", "abcdefghi", "abcdefgi", "é", "日", "~", "10",
        "9",
    ]

    private static func bytes(_ list: IdentifierList) -> [[UInt8]] {
        list.indices.map { index in Array(list.text(of: index..<(index + 1))) }
    }

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

    @Test func theInternerIsADictionary() {
        var generator = SplitMix64(seed: 11)
        var interner = IdentifierInterner()
        var codes: [[UInt8]: UInt32] = [:]
        for _ in 0..<60_000 {
            let length = Int.random(in: 0...3, using: &generator)
            let identifier = generator.bytes(count: length).map { $0 & 0x3F }
            let expected = codes[identifier] ?? UInt32(codes.count)
            codes[identifier] = expected
            guard interner.code(for: identifier.span) == expected, interner.count == codes.count else {
                Issue.record("\(identifier)")
                return
            }
        }
        #expect(codes.count > 16_384)
        let inOrder = codes.sorted { $0.value < $1.value }.map(\.key)
        #expect(IdentifierListTests.bytes(interner.identifiers) == inOrder)
    }

    /// Every column of up to five rows over a dictionary that has no order.
    @Test func orderingADictionaryLeavesEveryRowItsId() {
        let dictionary = ["b", "a", "c"]
        for codes in SmallWorlds.lists(of: [0, 1, 2, 3] as [UInt32], lengths: 0...5) {
            let column = CodedColumn(dictionary: IdentifierList(dictionary), codes: codes)
            let texts = codes.map { $0 == 0 ? nil : dictionary[Int($0) - 1] }
            let byAppearance = column.inOrderOfAppearance()
            let byBytes = column.inByteOrder()
            let both = byAppearance.inByteOrder()
            var seen: Set<String> = []
            let appearing = texts.compactMap { $0 }.filter { seen.insert($0).inserted }
            guard byAppearance == CodedColumn(texts), byBytes.dictionary == IdentifierList(["a", "b", "c"]),
                byBytes.codes.indices.allSatisfy({ byBytes.text(at: $0) == texts[$0] }),
                both == CodedColumn(texts, { $0.sorted() }), both.dictionary.count == appearing.count
            else {
                Issue.record("\(codes)")
                return
            }
        }
    }
}
