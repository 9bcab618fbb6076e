import TestSupport
import Testing

@testable import Columns

/// However a dictionary is put in order, every row keeps its id.
@Suite struct CodedColumnTests {
    /// Every column of up to five rows over a dictionary that has no order.
    @Test func orderingADictionaryLeavesEveryRowItsId() {
        let dictionary = ["b", "a", "10"]
        for codes in SmallWorlds.lists(of: [0, 1, 2, 3] as [UInt32], lengths: 0...5) {
            let column = CodedColumn(dictionary: IdentifierList(dictionary), codes: codes)
            let texts = codes.map { $0 == 0 ? nil : dictionary[Int($0) - 1] }
            let byAppearance = column.inOrderOfAppearance()
            var seen: Set<String> = []
            let appearing = texts.compactMap { $0 }.filter { seen.insert($0).inserted }
            let isClustered = texts.compactMap { $0 }.runCount == appearing.count
            guard byAppearance == CodedColumn(texts), byAppearance.dictionary.count == appearing.count,
                column.inByteOrder() == CodedColumn(texts, { $0.sorted() }),
                column.inLengthOrder() == CodedColumn(texts, { $0.sorted { ($0.count, $0) < ($1.count, $1) } }),
                column.isClustered == isClustered
            else {
                Issue.record("\(codes)")
                return
            }
        }
    }
}

extension [String] {
    /// Number of maximal runs of equal texts.
    fileprivate var runCount: Int {
        indices.count { $0 == 0 || self[$0] != self[$0 - 1] }
    }
}
