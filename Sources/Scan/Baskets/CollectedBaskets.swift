import Columns
import Platform

/// The baskets of a window while they come in, partition after partition.
struct CollectedBaskets {
    private var words: [UInt32] = []
    private var count = 0
    private var pieceEnds: [Int] = []
    private var sessions: [UInt32] = []
    private var shared: [SharedBasket] = []

    /// - Parameter wordCount: How many words there will be at most.
    init(wordCount: Int) {
        words.reserveCapacity(wordCount)
    }

    /// Adds the baskets of the next partitions.
    mutating func append(_ partitions: borrowing PartitionBaskets) {
        append(partitions.writer)
        shared += partitions.shared
    }

    /// Adds the baskets of the sessions that several partitions have, once all partitions were added.
    ///
    /// - Throws: `OversizedSession`; `FormatError` if the id of such a session cannot be read.
    mutating func uniteShared(with writer: BasketWriter) throws {
        var writer = writer
        // The pieces of a session stay in the order of the days: the sort is stable.
        shared.sort { $0.session < $1.session }
        writer.restart(sessionCount: shared.count, itemCount: shared.reduce(0) { $0 + $1.items.count })
        var rest = shared[...]
        while let first = rest.first {
            let pieces = rest.prefix { $0.session == first.session }
            let items = pieces.flatMap(\.items)
            if let count = writer.append(items.span, of: first.session) {
                throw OversizedSession(session: try first.name(), itemCount: count)
            }
            rest = rest[pieces.endIndex...]
        }
        append(writer)
    }

    var baskets: Baskets { Baskets(words: words, count: count, pieceEnds: pieceEnds, sessions: sessions) }

    private mutating func append(_ writer: borrowing BasketWriter) {
        words += writer.words[..<writer.end]
        count += writer.count
        sessions += writer.sessions
        pieceEnds.append(words.count)
    }
}

/// What one partition has of a session that others have too.
struct SharedBasket: Sendable {
    /// The session's code in the window.
    let session: UInt32
    /// The items in the order of the events, some more than once.
    let items: [UInt32]
    /// Where the session's id is.
    let partition: PartitionReader
    let indexInDictionary: Int

    func name() throws(FormatError) -> String {
        try partition.dictionary(.session, using: Zstandard()).string(at: indexInDictionary)
    }
}
