import TestSupport
import Testing

@testable import Columns

/// However a dictionary is put in order, every row keeps its id.
@Suite struct CodedColumnTests {
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
