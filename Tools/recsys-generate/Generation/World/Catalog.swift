import Events

/// The items and their popularity, which changes from day to day.
///
/// Items are numbered by age. Three quarters of them are there on the first day; the others arrive in equal parts, each
/// at a rank that chance gives it, whose holder goes to the end. Each day every fourth item changes places with one
/// that is up to twice as popular.
struct Catalog {
    /// The mean popularity falls as `1 / (rank + 10)`: a pure 1 / rank would make one item in eleven the same.
    static let shift = 10.0

    private let itemCount: Int
    private let dayCount: Int
    private let seed: UInt64
    /// The items that are there, the most popular first.
    private(set) var items: [UInt32]
    /// The day that `items` are of, from 0.
    private var dayIndex = 0

    /// The catalog of the first day.
    init(_ options: GenerationOptions) {
        itemCount = options.itemCount
        dayCount = options.window.dayCount
        seed = options.seed
        let count = Catalog.count(of: itemCount, onDay: 0, of: dayCount)
        var stream = RandomStream(seed, .catalog, 0)
        items = Array(0..<UInt32(count)).shuffled(using: &stream)
    }

    /// Goes on to the next day.
    mutating func advance() {
        dayIndex += 1
        var stream = RandomStream(seed, .catalog, dayIndex)
        for rank in items.indices.dropFirst() where stream.next(below: 4) == 0 {
            items.swapAt(rank, rank / 2 + stream.next(below: rank - rank / 2))
        }
        for item in items.count..<Catalog.count(of: itemCount, onDay: dayIndex, of: dayCount) {
            items.append(UInt32(item))
            items.swapAt(item, stream.next(below: items.count))
        }
    }

    /// How many of `itemCount` items are there on a day.
    private static func count(of itemCount: Int, onDay dayIndex: Int, of dayCount: Int) -> Int {
        guard dayCount > 1 else { return itemCount }
        let newCount = itemCount / 4
        return itemCount - newCount + newCount * dayIndex / (dayCount - 1)
    }
}
