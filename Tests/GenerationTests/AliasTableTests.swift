import TestSupport
import Testing

@testable import Generation

/// The columns of a table give every value its probability.
@Suite struct AliasTableTests {
    /// What the columns make of it, by adding them up.
    private static func probabilities(_ table: AliasTable) -> [UInt32: Double] {
        table.columns.reduce(into: [:]) { sums, column in
            let part = Double(column.threshold) / 0x1p32
            sums[column.value, default: 0] += part / Double(table.columns.count)
            sums[column.alias, default: 0] += (1 - part) / Double(table.columns.count)
        }
    }

    private static func expectProbabilities(_ weights: [Double]) {
        let values = weights.indices.map { UInt32($0 * 7) }
        let sums = probabilities(AliasTable(values: values, weights: weights))
        let total = weights.reduce(0, +)
        for (value, weight) in zip(values, weights) {
            let difference = abs((sums[value] ?? 0) - weight / total)
            #expect(difference <= 0x1p-31, "\(weights.prefix(10)): \(value)")
        }
    }

    @Test func allWeightsOfASmallWorld() {
        for weights in SmallWorlds.lists(of: [1, 2, 3, 1000, 0.001] as [Double], lengths: 1...4) {
            AliasTableTests.expectProbabilities(weights)
        }
    }

    @Test(arguments: [1, 2, 3, 10, 1000, 4097])
    func weightsOfZipf(count: Int) {
        AliasTableTests.expectProbabilities(Zipf.weights(count: count, shift: 1))
    }

    @Test func aDrawPicksColumnAndSide() {
        let table = AliasTable(values: [5, 6], weights: [1, 3])
        // The first column is 5 to a half, and 6 beyond it.
        #expect(table.draw(0) == 5 && table.draw(1 << 62 - 1) == 5 && table.draw(1 << 62 + 1 << 31) == 6)
        #expect(table.draw(1 << 63) == 6 && table.draw(.max) == 6)
    }
}
