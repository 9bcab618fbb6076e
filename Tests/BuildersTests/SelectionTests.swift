import TestSupport
import Testing

@testable import Builders

/// The smallest keys stand in front, those that a sort of all keys has there.
@Suite struct SelectionTests {
    /// What is wrong with a selection of the first `total` keys, or nil.
    private func violation(_ keys: [UInt64], total: Int, count: Int) -> String? {
        var selected = keys
        selectSmallest(&selected, total: total, count: count)
        let expected = keys.prefix(total).sorted()
        let taken = min(max(count, 0), total)
        if selected.prefix(taken).sorted() != Array(expected.prefix(taken)) { return "\(keys) \(count): \(selected)" }
        if selected.prefix(total).sorted() != expected { return "\(keys) \(count): keys were lost" }
        if selected[total...] != keys[total...] { return "\(keys) \(count): the rest was touched" }
        return nil
    }

    /// Every list of up to six keys of which many are equal, and every count.
    @Test func smallListsAreExhausted() {
        for keys in SmallWorlds.lists(of: [3, 1, 2] as [UInt64], lengths: 0...6) {
            for count in 0...keys.count + 1 { #expect(violation(keys, total: keys.count, count: count) == nil) }
        }
    }

    /// Every permutation of six keys, and what stands behind them.
    @Test func permutationsAreExhausted() {
        func permute(_ chosen: [UInt64]) {
            if chosen.count == 6 {
                for count in 1...5 { #expect(violation(chosen + [0, 0], total: 6, count: count) == nil) }
            }
            for key in 1...6 as ClosedRange<UInt64> where !chosen.contains(key) { permute(chosen + [key]) }
        }
        permute([])
    }

    @Test(arguments: 1...40)
    func longListsAreSelectedToo(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let total = Int.random(in: 1...3000, using: &generator)
        let range: UInt64 = [1, 2, 10, 1000, .max][Int(seed % 5)]
        var keys = (0..<total).map { _ in UInt64.random(in: 0...range, using: &generator) }
        if seed.isMultiple(of: 3) { keys.sort() }
        if seed.isMultiple(of: 4) { keys.reverse() }
        for count in [0, 1, 2, total / 2, total - 1, total, total + 1] where count >= 0 {
            #expect(violation(keys, total: total, count: count) == nil)
        }
    }

    @Test(arguments: [0, 1, 77, .max] as [UInt32], [1, 2, .max - 1, .max] as [UInt32])
    func keysKeepTheirParts(code: UInt32, count: UInt32) {
        let key = RankingKey(code: code, count: count)
        #expect(key.code == code && key.count == count)
    }

    @Test func keysSortByCountThenCode() {
        let counts: [UInt32] = [.max, .max - 1, 3, 2, 1]
        let keys = counts.flatMap { count in [0, 1, .max].map { RankingKey(code: $0, count: count).rawValue } }
        #expect(keys == keys.sorted())
        #expect(Set(keys).count == keys.count)
    }
}
