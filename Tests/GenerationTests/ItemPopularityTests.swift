import Testing

@testable import Generation

/// Items are shown as often as the law of Zipf and Mandelbrot says.
@Suite struct ItemPopularityTests {
    /// Each item is within five standard deviations of what is exact, also where some topics have no item.
    @Test(arguments: [1, 2, 40, 1000])
    func frequencies(itemCount: Int) {
        let items = (0..<UInt32(itemCount)).map { ($0 * 7 + 3) % UInt32(itemCount) }.uniqued
        let popularity = ItemPopularity(of: items)
        var stream = RandomStream(5, .slate)
        var (drawn, counts) = ([UInt32](), [Int](repeating: 0, count: itemCount))
        let drawCount = 200_000
        // Every draw is of a session of its own.
        for _ in 0..<drawCount {
            popularity.draw(1, ofTopic: popularity.topic(stream.next()), &stream, into: &drawn)
            counts[Int(drawn[0])] += 1
        }
        let weights = items.indices.map { 1 / (Double($0) + 10) }
        let total = weights.reduce(0, +)
        for (item, weight) in zip(items, weights) {
            let probability = weight / total
            let deviation = (Double(drawCount) * probability * (1 - probability)).squareRoot()
            let difference = abs(Double(counts[Int(item)]) - Double(drawCount) * probability)
            #expect(difference <= 5 * deviation, "\(item): \(counts[Int(item)])")
        }
    }

    /// A session shows more of its topic than chance would.
    @Test func aSessionHasATopic() {
        let popularity = ItemPopularity(of: Array(0..<1000))
        var stream = RandomStream(6, .slate)
        let counts = (0..<2).map { topic in
            var drawn: [UInt32] = []
            popularity.draw(20_000, ofTopic: topic, &stream, into: &drawn)
            return Dictionary(grouping: drawn) { $0 }.mapValues(\.count)
        }
        for topic in 0..<2 {
            let most = counts[topic].max { $0.value < $1.value }
            #expect(most?.value ?? 0 > 5 * (counts[1 - topic][most?.key ?? 0] ?? 0), "\(topic)")
        }
    }

    /// In whole runs as well: items drawn of a session are no independent trials, so the bounds are wider.
    @Test func frequenciesOfWholeSessions() throws {
        let events = try GenerationOptions.trial(lines: 60_000, days: 1, items: 100).events()
        let items = Catalog(try .trial(days: 1, items: 100)).items
        let counts = Dictionary(grouping: events, by: \.item).mapValues(\.count)
        let total = items.indices.reduce(0) { $0 + 1 / (Double($1) + 10) }
        for (rank, item) in items.enumerated() {
            let expected = 60_000 / (Double(rank) + 10) / total
            let count = Double(counts[Int(item)] ?? 0)
            #expect((0.7...1.3).contains(count / expected), "\(item): \(count) of \(expected)")
        }
    }
}

extension [UInt32] {
    /// The elements, each once; the numbers that a step misses come at the end.
    fileprivate var uniqued: [UInt32] {
        var seen: Set<UInt32> = []
        let first = filter { seen.insert($0).inserted }
        return first + (0..<UInt32(count)).filter { !seen.contains($0) }
    }
}
