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
        let bound = RankingKey.bound(minimumCount: UInt32.random(in: 1...3, using: &generator))
        var best = BestKeys(limit: limit, before: bound)
        for total in [0, 1, limit, limit + 1, 3 * limit, 5000] {
            let keys = (0..<UInt32(total)).map { code in
                RankingKey(code: code, count: .random(in: 1...9, using: &generator))
            }.shuffled(using: &generator)
            for key in keys { best.offer(key) }
            var kept: [RankingKey] = []
            best.drain { kept.append($0) }
            #expect(kept == Array(keys.filter { $0 < bound }.sorted().prefix(limit)))
        }
    }
}
