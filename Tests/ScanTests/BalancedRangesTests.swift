import Scan
import TestSupport
import Testing

/// Ranges cover all rows, and none is more than its share and one row.
@Suite struct BalancedRangesTests {
    @Test func smallWorldsAreExhausted() {
        for work in SmallWorlds.lists(of: [0, 1, 5] as [UInt32], lengths: 0...5) {
            for start in work.indices {
                let rows = start..<work.count
                for pieceCount in 1...4 {
                    let ranges = BalancedRanges.cut(work, in: rows, pieceCount: pieceCount)
                    #expect(ranges.flatMap { Array($0) } == Array(rows))
                    #expect(ranges.count <= pieceCount && ranges.allSatisfy { !$0.isEmpty })
                    let share = work[rows].reduce(0, +) / UInt32(pieceCount)
                    #expect(ranges.allSatisfy { work[$0].reduce(0, +) <= share + 5 + 1 })
                }
            }
        }
    }
}
