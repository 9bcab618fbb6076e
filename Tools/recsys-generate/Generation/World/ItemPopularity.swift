/// How likely each item is on one day, over all and among those of its topic.
///
/// Who is interested in one item of a topic is interested in the others: that is what makes items occur together. A
/// topic is drawn as often as its items together would be, so over all sessions every item has its own probability.
struct ItemPopularity: Sendable {
    /// How many numbers of a stream it takes to draw an item.
    static let numbersPerItem = 2
    private static let topicCount = 16

    /// The columns of all topics, one topic after the other.
    private let columns: [AliasTable.Column]
    /// Of each topic the first of its columns; one more at the end.
    private let starts: [Int]
    private let topics: AliasTable

    /// - Parameter items: The items, the most popular first. At least one.
    init(of items: [UInt32]) {
        let weights = Zipf.weights(count: items.count, shift: Catalog.shift)
        var members = [(items: [UInt32], weights: [Double])](
            repeating: ([], []), count: ItemPopularity.topicCount)
        for (item, weight) in zip(items, weights) {
            let topic = ItemPopularity.topic(of: item)
            members[topic].items.append(item)
            members[topic].weights.append(weight)
        }
        members.removeAll { $0.items.isEmpty }
        columns = members.flatMap { AliasTable(values: $0.items, weights: $0.weights).columns }
        starts = members.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.items.count) }
        topics = AliasTable(
            values: Array(0..<UInt32(members.count)), weights: members.map { $0.weights.reduce(0, +) })
    }

    /// The topic of an item: chance has given it one for good.
    private static func topic(of item: UInt32) -> Int {
        Int(RandomStream.mixed(UInt64(item)) % UInt64(topicCount))
    }

    /// The topic that a session with this random number is about.
    func topic(_ random: UInt64) -> Int {
        Int(topics.draw(random))
    }

    /// Replaces `items` by `count` items that a session about a topic shows: every second one is of the topic, the
    /// others are of any.
    func draw(_ count: Int, ofTopic sessionTopic: Int, _ stream: inout RandomStream, into items: inout [UInt32]) {
        items.removeAll(keepingCapacity: true)
        let (columns, topics) = (columns.span, topics.columns.span)
        for _ in 0..<count {
            let (first, second) = (stream.next(), stream.next())
            // Drawn also where it is not needed: chance's branches cannot be foreseen.
            let anyTopic = Int(AliasTable.Column.draw(second, from: topics, topics.indices))
            let topic = first & 1 == 0 ? sessionTopic : anyTopic
            items.append(AliasTable.Column.draw(first, from: columns, starts[topic]..<starts[topic + 1]))
        }
    }
}
