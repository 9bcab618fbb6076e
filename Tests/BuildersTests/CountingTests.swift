import TestSupport
import Testing

@testable import Builders

/// The parts that count and rank, each against the obvious way to do it.
@Suite struct CountingTests {
    @Test(arguments: [1, 64, 65, 4096, 4097, 300_000])
    func codesComeOutInOrder(codeCount: Int) {
        var generator = SplitMix64(seed: UInt64(codeCount))
        var set = CodeSet(codeCount: codeCount)
        var drained = [UInt32](repeating: 0, count: codeCount)
        for count in [0, 1, 2, 100, 5000] {
            let codes = (0..<count).map { _ in UInt32.random(in: 0..<UInt32(codeCount), using: &generator) }
            for code in codes + [0, UInt32(codeCount - 1)] { set.insert(code) }
            let total = set.drain(into: &drained)
            #expect(drained.prefix(total) == ArraySlice(Set(codes + [0, UInt32(codeCount - 1)]).sorted()))
        }
        #expect(set.drain(into: &drained) == 0)
    }

    /// Every history of up to five of three items, ranked after each number of items taken back.
    @Test func smallHistoriesAreExhausted() {
        var counter = HistoryCounter(itemCount: 3)
        for history in SmallWorlds.lists(of: [0, 1, 2] as [UInt32], lengths: 0...5) {
            for limit in 1...4 {
                counter.count(history.span)
                #expect(ranking(of: &counter, limit: limit) == expected(history, limit: limit))
                if let first = history.first {
                    counter.uncount(first)
                    #expect(ranking(of: &counter, limit: limit) == expected(Array(history.dropFirst()), limit: limit))
                }
                counter.clear()
            }
        }
    }

    /// Counts small and large, so that both ways to sort them meet.
    @Test(arguments: 1...10)
    func longHistoriesAreRankedToo(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var counter = HistoryCounter(itemCount: 500)
        for _ in 0..<5 {
            let favourites = Int.random(in: 1...20, using: &generator)
            let history = (0..<5000).map { index in
                UInt32.random(in: 0..<(index % 2 == 0 ? 500 : UInt32(favourites)), using: &generator)
            }
            let limit = Int.random(in: 1...600, using: &generator)
            counter.count(history.span)
            #expect(ranking(of: &counter, limit: limit) == expected(history, limit: limit))
            counter.clear()
        }
    }

    private func ranking(of counter: inout HistoryCounter, limit: Int) -> [RankingKey] {
        var slice = RankedSlice()
        counter.rank(limit: limit, into: &slice)
        return zip(slice.members, slice.counts).map { RankingKey(code: $0, count: UInt32($1)) }
    }

    private func expected(_ history: [UInt32], limit: Int) -> [RankingKey] {
        let counts: [UInt32: UInt32] = history.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        return counts.map { RankingKey(code: $0, count: $1) }.sorted { $0.rawValue < $1.rawValue }.prefix(limit).map {
            $0
        }
    }

    @Test(arguments: 1...30)
    func theBestKeysAreThoseOfASort(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let limit = Int.random(in: 1...200, using: &generator)
        let minimum = UInt32.random(in: 0...3, using: &generator)
        var best = BestKeys(limit: limit, minimumCount: minimum)
        for total in [0, 1, limit, limit + 1, 3 * limit, 5000] {
            var counts = (0..<5000).map { _ in UInt32.random(in: 1...9, using: &generator) }
            let members = (0..<5000 as Range<UInt32>).shuffled(using: &generator).prefix(total).map { $0 }
            let expected = members.filter { counts[Int($0)] >= minimum }
                .map { RankingKey(code: $0, count: counts[Int($0)]).rawValue }.sorted().prefix(limit)
            best.offer(members.span, &counts)
            #expect(members.allSatisfy { counts[Int($0)] == 0 })
            var slice = RankedSlice()
            best.drain(into: &slice)
            let keys = zip(slice.members, slice.counts).map { RankingKey(code: $0, count: UInt32($1)).rawValue }
            #expect(keys == Array(expected))
        }
    }

    /// Ranges cover all rows, and none is more than its share and one row.
    @Test func rangesAreBalanced() {
        for work in SmallWorlds.lists(of: [0, 1, 5] as [UInt32], lengths: 0...5) {
            for pieceCount in 1...4 {
                let ranges = BalancedRanges.cut(work, pieceCount: pieceCount)
                #expect(ranges.flatMap { Array($0) } == Array(work.indices))
                #expect(ranges.count <= pieceCount && ranges.allSatisfy { !$0.isEmpty })
                let share = work.reduce(0, +) / UInt32(pieceCount)
                #expect(ranges.allSatisfy { work[$0].reduce(0, +) <= share + 5 + 1 })
            }
        }
    }
}
