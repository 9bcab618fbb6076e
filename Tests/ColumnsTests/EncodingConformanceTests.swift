import TestSupport
import Testing

@testable import Columns

/// What every encoding promises: the size it said, the values it was given, and nothing from bytes that are not whole.
@Suite struct EncodingConformanceTests {
    /// Tries every list; records the first that breaks a promise; returns to how many the encoding applied.
    private func tryAll<Value: ColumnValue>(_ lists: [[Value]], _ encoding: EncodingIdentifier) -> Int {
        var trialCount = 0
        for values in lists {
            guard let trial = EncodingTrial(encoding, values) else { continue }
            trialCount += 1
            if let violation = trial.violation {
                Issue.record("\(encoding) of \(values.prefix(8)), \(values.count) values: \(violation)")
                break
            }
        }
        return trialCount
    }

    @Test(arguments: numberEncodings)
    func everyShortListOfSmallNumbers(encoding: EncodingIdentifier) {
        let lists = SmallWorlds.lists(of: [0, 1, 2, 255, 256] as [UInt32], lengths: 1...5)
        #expect(tryAll(lists, encoding) > 0)
        #expect(tryAll(lists.map { $0.map { UInt64($0) } }, encoding) > 0)
    }

    @Test(arguments: numberEncodings)
    func everyShortListOfTheEdgesOf32Bits(encoding: EncodingIdentifier) {
        let edges: [UInt32] = [0, 1, 0xFFFF, 0x1_0000, 0x7FFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFF]
        #expect(tryAll(SmallWorlds.lists(of: edges, lengths: 1...4), encoding) > 0)
    }

    @Test(arguments: numberEncodings)
    func everyShortListOfTheEdgesOf64Bits(encoding: EncodingIdentifier) {
        let edges: [UInt64] = [
            0, 1, 0xFFFF_FFFF, 0x1_0000_0000, UInt64(Int64.max), UInt64(Int64.max) + 1, .max - 1, .max,
        ]
        #expect(tryAll(SmallWorlds.lists(of: edges, lengths: 1...4), encoding) > 0)
    }

    @Test(arguments: numberEncodings)
    func fullBlocks(encoding: EncodingIdentifier) {
        #expect(tryAll(ColumnPattern.allCases.map { $0.values(count: 65_535, as: UInt32.self) }, encoding) > 0)
        #expect(tryAll(ColumnPattern.allCases.map { $0.values(count: 65_536, as: UInt64.self) }, encoding) > 0)
    }

    @Test func narrowAppliesToEverything() {
        let lists = SmallWorlds.lists(of: [0, 1, UInt64(Int64.max) + 1, .max] as [UInt64], lengths: 1...4)
        #expect(tryAll(lists, .narrow) == lists.count)
    }
}

/// Columns as they occur, and some that nobody has seen yet.
enum ColumnPattern: String, CaseIterable {
    case constant, twoRuns, shortRuns, ascending, alternatingExtremes, wholeSeconds, clustered, noise

    /// So many values; those of 32 bits are the low halves.
    func values<Value: ColumnValue>(count: Int, as _: Value.Type) -> [Value] {
        var generator = SplitMix64(seed: 9)
        return (0..<count).map { row in
            let wide: UInt64 =
                switch self {
                case .constant: 77
                case .twoRuns: row < count / 3 ? 5 : 1_000_000
                case .shortRuns: UInt64(row / 5 % 300)
                case .ascending: UInt64(row) * 3 + 1_000_000_000
                case .alternatingExtremes: row % 2 == 0 ? 0 : UInt64(Value.max)
                case .wholeSeconds: UInt64(row / 2 % 86_400) * 1_000_000_000
                case .clustered: generator.next() % 100 + UInt64(row / 1000) * 1000
                case .noise: generator.next()
                }
            return Value(truncatingIfNeeded: wide)
        }
    }
}
