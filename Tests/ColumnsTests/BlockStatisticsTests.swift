import TestSupport
import Testing

@testable import Columns

/// One pass over the values tells what many slow ones would.
@Suite struct BlockStatisticsTests {
    /// The lengths of the runs, by counting.
    private static func runLengths(_ values: [UInt64]) -> [Int] {
        var lengths: [Int] = []
        var previous: UInt64?
        for value in values {
            if value == previous { lengths[lengths.count - 1] += 1 } else { lengths.append(1) }
            previous = value
        }
        return lengths
    }

    /// The largest number that divides all, by Euclid's subtraction.
    private static func commonDivisor(_ values: [UInt64]) -> UInt64 {
        values.reduce(0) { left, right in
            var pair = (left, right)
            while pair.0 != 0 && pair.1 != 0 {
                if pair.0 > pair.1 { pair.0 %= pair.1 } else { pair.1 %= pair.0 }
            }
            return pair.0 + pair.1
        }
    }

    private static func matches(_ statistics: BlockStatistics, _ values: [UInt64]) -> Bool {
        let minimum = values.min() ?? 0
        let maximum = values.max() ?? 0
        let lengths = runLengths(values)
        let differences = zip(values.dropFirst(), values).map { Int128($0) - Int128($1) }
        let range = (differences.min() ?? 0)...(differences.max() ?? 0)
        let expected: ClosedRange<Int128>? = maximum > UInt64(Int64.max) ? nil : range
        let actual = statistics.differences.map { Int128($0.lowerBound)...Int128($0.upperBound) }
        return statistics.count == values.count && statistics.first == values[0] && statistics.minimum == minimum
            && statistics.maximum == maximum && statistics.runCount == lengths.count
            && statistics.longestRun == lengths.max() && actual == expected
            && statistics.descentCount == zip(values.dropFirst(), values).count { $0 < $1 }
            && statistics.ascentCount == zip(values.dropFirst(), values).count { $0 > $1 }
            && statistics.scale == commonDivisor(values.map { $0 - minimum })
    }

    @Test func everyShortListOf64Bits() {
        let edges: [UInt64] = [0, 6, 15, 1_000_000_000, UInt64(Int64.max), UInt64(Int64.max) + 1, .max]
        let failure = SmallWorlds.lists(of: edges, lengths: 1...4).first {
            !BlockStatisticsTests.matches(BlockStatistics($0.span), $0)
        }
        #expect(failure == nil)
    }

    @Test func everyShortListOf32Bits() {
        let failure = SmallWorlds.lists(of: [0, 6, 15, 100, .max] as [UInt32], lengths: 1...5).first { values in
            !BlockStatisticsTests.matches(BlockStatistics(values.span), values.map { UInt64($0) })
        }
        #expect(failure == nil)
    }
}
