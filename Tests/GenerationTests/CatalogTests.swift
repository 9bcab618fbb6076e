import Testing

@testable import Generation

/// Items come, rise and fall.
@Suite struct CatalogTests {
    @Test(arguments: [1, 2, 3, 4, 200], [1, 2, 5])
    func itemsAreThereOnceAndStay(itemCount: Int, days: Int) throws {
        var catalog = Catalog(try .trial(days: days, items: itemCount))
        var before: Set<UInt32> = []
        for day in 0..<days {
            if day > 0 { catalog.advance() }
            #expect(Set(catalog.items) == Set(0..<UInt32(catalog.items.count)))
            #expect(before.isSubset(of: catalog.items))
            before = Set(catalog.items)
        }
        #expect(catalog.items.count == itemCount)
    }

    @Test func newItemsArriveInEqualParts() throws {
        var catalog = Catalog(try .trial(days: 6, items: 400))
        let counts = (0..<6).map { day in
            if day > 0 { catalog.advance() }
            return catalog.items.count
        }
        #expect(counts == [300, 320, 340, 360, 380, 400])
    }

    /// Popularity drifts: from day to day an item that has not just come falls far or rises to twice at most.
    @Test func ranksChangeLittleByLittle() throws {
        var catalog = Catalog(try .trial(days: 2, items: 4000))
        let before = catalog.items
        catalog.advance()
        let changed = zip(before, catalog.items).count { $0 != $1 }
        #expect((1000...2900).contains(changed), "\(changed)")
        let ranks = Dictionary(uniqueKeysWithValues: before.enumerated().map { ($1, $0) })
        for (rank, item) in catalog.items.enumerated() {
            if let rankBefore = ranks[item] { #expect(rank >= rankBefore / 2) }
        }
    }

    @Test func theMostShownItemsAreOthersLater() throws {
        let events = try GenerationOptions.trial(lines: 30_000, days: 20, items: 5000).events()
        let tops = Dictionary(grouping: events, by: \.day).mapValues { events in
            Set(
                Dictionary(grouping: events, by: \.item_id).sorted { $0.value.count > $1.value.count }.prefix(20).map(
                    \.key))
        }
        let days = tops.keys.sorted()
        let first = try #require(tops[days[0]])
        let shared = days.map { first.intersection(tops[$0] ?? []).count }
        #expect(shared[1] > shared[19], "\(shared)")
        #expect(shared[19] < 15)
        // An item that was not there on the first day is shown on the last.
        #expect(try #require(events.last { $0.item ?? 0 >= 3750 }).day > days[10])
    }
}
