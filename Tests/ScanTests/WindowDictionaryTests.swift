import Columns
import Platform
import TestSupport
import Testing

@testable import Scan

/// The dictionaries of many days become one, and every code of a day keeps its id.
@Suite struct WindowDictionaryTests {
    private func strings(_ list: IdentifierList) -> [[UInt8]] { list.indices.map { Array(list.string(at: $0).utf8) } }

    /// Checks one union against sets.
    private func check(_ lists: [[String]], _ order: WindowColumn.Order) {
        let united = WindowDictionary.unite(lists.map { IdentifierList($0) }, order: order)
        let identifiers = strings(united.identifiers)
        var seen: Set<[UInt8]> = []
        let byAppearance = lists.joined().map { Array($0.utf8) }.filter { seen.insert($0).inserted }
        let expected = order == .bytes ? byAppearance.sorted { $0.lexicographicallyPrecedes($1) } : byAppearance
        #expect(identifiers == expected, "\(lists)")
        #expect(united.codeMaps.count == lists.count)
        for (map, list) in zip(united.codeMaps, lists) {
            #expect(map.first == 0 && map.count == list.count + 1)
            for (code, text) in zip(map.dropFirst(), list) {
                #expect(code > 0 && identifiers[Int(code) - 1] == Array(text.utf8), "\(lists)")
            }
        }
    }

    /// Every pair and triple of dictionaries of up to three distinct ids.
    @Test(arguments: [WindowColumn.Order.bytes, .appearance])
    func smallWorldsAreUnitedAsSetsAre(order: WindowColumn.Order) {
        let worlds = SmallWorlds.lists(of: ["b", "a", "e\u{301}"], lengths: 0...3).filter { Set($0).count == $0.count }
        for first in worlds {
            for second in worlds {
                check([first, second], order)
                check([first, [], second, ["é", "a"]], order)
            }
        }
        check([], order)
        check([[]], order)
    }

    @Test(arguments: IdentifierStyle.allCases, [WindowColumn.Order.bytes, .appearance])
    func largeDictionariesAreUnited(style: IdentifierStyle, order: WindowColumn.Order) {
        var generator = SplitMix64(seed: 4)
        let lists = (0..<4).map { _ in
            (0..<400).map { $0 }.shuffled(using: &generator).prefix(Int.random(in: 0...300, using: &generator))
                .map { style.text($0) }
        }
        check(lists, order)
    }
}
