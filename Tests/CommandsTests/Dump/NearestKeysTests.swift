import Platform
import TestSupport
import Testing

@testable import DumpCommands

/// A key is suggested where few bytes differ.
@Suite struct NearestKeysTests {
    /// Levenshtein's recurrence, as it is written.
    private func distance(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
        guard let first = left.first else { return right.count }
        guard let second = right.first else { return left.count }
        let replaced = distance(left.dropFirst(), right.dropFirst()) + (first == second ? 0 : 1)
        return min(replaced, distance(left.dropFirst(), right) + 1, distance(left, right.dropFirst()) + 1)
    }

    @Test func distancesOfAllShortTexts() {
        let texts = SmallWorlds.lists(of: Array("ab".utf8), lengths: 0...4)
        for left in texts {
            for right in texts {
                let distance = distance(left[...], right[...])
                for limit in 0...2 {
                    let found = EditDistance.between(left.span, right.span, atMost: limit)
                    #expect(found == (distance <= limit ? distance : nil), "\(left) \(right)")
                }
            }
        }
    }

    @Test(arguments: [("SKU-1", "sku-1", 0), ("Ä", "ä", 1), ("sku-01", "sku-1", 1), ("sku1", "sku-1", 1)])
    func lettersOfEitherCaseAreTheSame(left: String, right: String, distance: Int) {
        #expect(EditDistance.between(Array(left.utf8).span, Array(right.utf8).span, atMost: 2) == distance)
    }
}
