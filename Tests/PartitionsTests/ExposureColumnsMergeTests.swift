import Columns
import TestSupport
import Testing

@testable import Partitions

/// Of every distinct event as many are kept as the side has that has more of it, and what was there keeps its place.
@Suite struct ExposureColumnsMergeTests {
    private static let events = [
        Exposure(user: "u", item: "a"), Exposure(user: "u", item: "b"), Exposure(session: "t", item: "a", rank: 0),
    ]

    private func multiplicities(_ exposures: [Exposure]) -> [Exposure: Int] {
        exposures.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    /// All pairs of short lists of three events, two of which differ in their item alone.
    @Test func smallWorldsAreMergedAsTheOracleSays() {
        let worlds = SmallWorlds.lists(of: ExposureColumnsMergeTests.events, lengths: 0...3)
        for old in worlds where old.count <= 2 {
            let columns = ExposureColumns(old)
            for new in worlds {
                let merged = columns.merging(ExposureColumns(new)).exposures
                var spare = multiplicities(old)
                let added = ExposureColumns(new).exposures.filter { exposure in
                    spare[exposure, default: 0] -= 1
                    return spare[exposure, default: 0] < 0
                }
                #expect(merged == ExposureColumns(old + added).exposures, "\(old) and \(new)")
                #expect(
                    multiplicities(merged) == multiplicities(old).merging(multiplicities(new), uniquingKeysWith: max))
            }
        }
    }

    @Test(arguments: IdentifierStyle.allCases)
    func mergingWithAPartChangesNothing(style: IdentifierStyle) {
        var generator = SplitMix64(seed: 11)
        let exposures = Exposure.random(count: 200, identifiers: style, using: &generator)
        let columns = ExposureColumns(exposures)
        let part = exposures.filter { _ in Bool.random(using: &generator) }.shuffled(using: &generator)
        #expect(columns.merging(ExposureColumns(part, seed: 5)) == columns)
        #expect(columns.merging(columns) == columns)
        #expect(columns.merging(ExposureColumns()) == columns)
    }
}
