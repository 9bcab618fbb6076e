import TestSupport
import Testing

@testable import Columns

/// The radix sort gives the order that a stable comparison sort gives.
@Suite struct RadixOrderTests {
    private func expected(_ keys: [UInt64]) -> [UInt32] {
        keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }.map { UInt32($0) }
    }

    @Test func everyShortListOfEdges() {
        let edges: [UInt64] = [0, 1, 0xFF, 0x100, 1 << 56, .max]
        for keys in SmallWorlds.lists(of: edges, lengths: 0...5) where RadixOrder.indices(keys) != expected(keys) {
            Issue.record("\(keys)")
            break
        }
    }

    @Test(arguments: [1, 8, 32, 33, 64])
    func longListsOfSoManyBits(bitCount: Int) {
        var random = SplitMix64(seed: UInt64(bitCount))
        let keys = (0..<10_000).map { _ in random.next() >> UInt64(64 - bitCount) }
        #expect(RadixOrder.indices(keys) == expected(keys))
    }

    /// Few bits far apart, in runs that end at the edges of a number, and as many as are still packed.
    @Test(arguments: [0x8000_0000_0000_0001, 0xF00F_0000_0030_0F00, 0xFFFF_0000_0000_FFFF, 0xFFFF_FFFF_8000_0000, 0])
    func longListsThatDifferInSomeBits(mask: UInt64) {
        var random = SplitMix64(seed: mask)
        let shared = random.next() & ~mask
        let keys = (0..<10_000).map { _ in random.next() & mask | shared }
        #expect(RadixOrder.indices(keys) == expected(keys))
    }

    @Test func equalKeysAreLeftToTheComparison() {
        let keys: [UInt64] = [7, 1, 7, 1, 7]
        let backwards = RadixOrder.indices(keys) { Int($1) - Int($0) }
        #expect(backwards == [3, 1, 4, 2, 0])
        #expect(RadixOrder.indices(keys) { _, _ in 0 } == expected(keys))
    }
}
