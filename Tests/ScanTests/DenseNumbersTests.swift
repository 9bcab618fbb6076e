import TestSupport
import Testing

@testable import Scan

/// Numbers that stand close together find their places among all.
@Suite struct DenseNumbersTests {
    /// The places of `lists` by a bitmap, each number's place in a sort of all; nil if one is too large.
    private func places(_ lists: [[UInt64]], greatestWordCount: Int) -> (numbers: [UInt64], places: [[UInt32]])? {
        var dense = DenseNumbers(greatestWordCount: greatestWordCount)
        for list in lists where !dense.insert(list) { return nil }
        let numbers = dense.finish()
        let map = numbers.indices.map { UInt32($0) }
        let places = lists.map { list in
            var codes = [UInt32](repeating: .max, count: list.count + 2)
            var span = codes.mutableSpan
            dense.translate(list, through: map, into: &span, at: 1)
            #expect(codes.first == .max && codes.last == .max)
            return Array(codes.dropFirst().dropLast())
        }
        return (numbers, places)
    }

    private func check(_ lists: [[UInt64]], greatestWordCount: Int = 1 << 20) {
        let sorted = Set(lists.joined()).sorted()
        let result = places(lists, greatestWordCount: greatestWordCount)
        #expect(result?.numbers == sorted)
        #expect(result?.places == lists.map { $0.map { UInt32(sorted.firstIndex(of: $0) ?? -1) } })
    }

    /// Every pair of lists of up to two numbers around the ends of words.
    @Test func smallWorldsAreExhausted() {
        let lists = SmallWorlds.lists(of: [0, 1, 63, 64, 127, 128] as [UInt64], lengths: 0...2)
        for first in lists {
            for second in lists { check([first, second]) }
        }
    }

    @Test(arguments: 1...10)
    func largeWorldsAreFoundToo(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        check((0..<3).map { _ in (0..<200).map { _ in .random(in: 0..<(seed * 1000), using: &generator) } })
    }

    @Test(arguments: [0, 1, 3])
    func numbersThatAreTooLargeAreRefused(greatestWordCount: Int) {
        let bound = UInt64(greatestWordCount * 64)
        #expect(places([[], [bound]], greatestWordCount: greatestWordCount) == nil)
        #expect(places([[.max]], greatestWordCount: greatestWordCount) == nil)
        if bound > 0 { check([[bound - 1, 0]], greatestWordCount: greatestWordCount) }
    }
}
