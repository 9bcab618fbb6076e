import TestSupport
import Testing

@testable import Partitions

/// The heap gives what sorting gives.
@Suite struct KeyedHeapTests {
    /// Merges ascending lists; the key of a value is its half, so that the closure decides between neighbours.
    private func merged(_ lists: [[Int]]) -> (values: [Int], areSecondsRight: Bool) {
        var positions = lists.map { _ in 0 }
        let isBefore = { (left: Int, right: Int) in
            (lists[left][positions[left]], left) < (lists[right][positions[right]], right)
        }
        let entries = lists.indices.filter { !lists[$0].isEmpty }
            .map { KeyedHeap.Entry(key: UInt64(lists[$0][0] / 2), index: $0) }
        var heap = KeyedHeap(entries, isBefore: isBefore)
        var (values, areSecondsRight): ([Int], Bool) = ([], true)
        while let first = heap.first {
            let others = heap.entries.map(\.index).filter { $0 != first }
            areSecondsRight = areSecondsRight && heap.second(isBefore: isBefore) == others.min(by: isBefore)
            values.append(lists[first][positions[first]])
            positions[first] += 1
            if positions[first] == lists[first].count {
                heap.removeFirst(isBefore: isBefore)
            } else {
                heap.firstHasChanged(key: UInt64(lists[first][positions[first]] / 2), isBefore: isBefore)
            }
        }
        return (values, areSecondsRight)
    }

    @Test func nothingHasNoFirst() {
        let heap = KeyedHeap([]) { _, _ in false }
        #expect(heap.first == nil)
        #expect(heap.second { _, _ in false } == nil)
    }

    @Test func smallWorldsAreMergedInOrder() {
        let lists = SmallWorlds.lists(of: [0, 1, 2], lengths: 0...2).map { $0.sorted() }
        for world in SmallWorlds.lists(of: lists, lengths: 0...3) {
            let merged = merged(world)
            #expect(merged.values == world.joined().sorted(), "\(world)")
            #expect(merged.areSecondsRight, "\(world)")
        }
    }

    @Test(arguments: [2, 17, 64, 65])
    func manyListsAreMergedInOrder(count: Int) {
        var generator = SplitMix64(seed: UInt64(count))
        let lists = (0..<count).map { _ in
            (0..<Int.random(in: 0...40, using: &generator)).map { _ in Int.random(in: 0..<50, using: &generator) }
                .sorted()
        }
        let merged = merged(lists)
        #expect(merged.values == lists.joined().sorted())
        #expect(merged.areSecondsRight)
    }
}
