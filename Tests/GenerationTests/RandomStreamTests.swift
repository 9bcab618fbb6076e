import TestSupport
import Testing

@testable import Generation

/// Random numbers are those of SplitMix64, and streams have nothing to do with each other.
@Suite struct RandomStreamTests {
    /// The step from number to number is that of the generator which the tests have.
    @Test func numbersAreThoseOfSplitMix64() {
        var generator = SplitMix64(seed: 0)
        #expect(RandomStream.mixed(0x9E37_79B9_7F4A_7C15) == generator.next())
        #expect(generator.next() == RandomStream.mixed(0x9E37_79B9_7F4A_7C15 &* 2))
    }

    @Test func skippingIsDrawing() {
        var (stream, other) = (RandomStream(3, .slate, 4, 5), RandomStream(3, .slate, 4, 5))
        for _ in 0..<7 { _ = stream.next() }
        other.skip(7)
        #expect(stream.next() == other.next())
    }

    @Test func everyPartOfTheNameCounts() {
        var numbers: Set<UInt64> = []
        for seed in [0, 1, .max] as [UInt64] {
            for purpose in [RandomPurpose.slate, .session] {
                for first in -1...1 {
                    for second in -1...1 {
                        var stream = RandomStream(seed, purpose, first, second)
                        numbers.insert(stream.next())
                    }
                }
            }
        }
        #expect(numbers.count == 3 * 2 * 3 * 3)
    }

    @Test(arguments: [1, 2, 3, 10])
    func numbersBelowABound(bound: Int) {
        var stream = RandomStream(1, .round)
        var counts = [Int](repeating: 0, count: bound)
        for _ in 0..<10_000 { counts[stream.next(below: bound)] += 1 }
        let mean = 10_000.0 / Double(bound)
        #expect(counts.allSatisfy { abs(Double($0) - mean) <= 5 * mean.squareRoot() })
    }
}
