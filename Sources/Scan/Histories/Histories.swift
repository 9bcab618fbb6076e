/// For each of some users the items that they saw, in the order of the events. Reused from users to users.
package struct Histories {
    /// Codes of users in the window.
    package private(set) var users = 0..<0
    /// The items of the first user, then of the next, and so on: codes in the window's item dictionary.
    package private(set) var items: [UInt32] = []
    /// For each user the index in `items` after their last one.
    private var ends: [Int] = []

    package init() {}

    /// The indices in `items` of a user's.
    package func range(ofUser user: Int) -> Range<Int> {
        let index = user - users.lowerBound
        return (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }

    mutating func restart(_ users: Range<Int>) {
        self.users = users
        ends.removeAll(keepingCapacity: true)
        ends += repeatElement(0, count: users.count)
    }

    /// Counts the rows of a partition's users.
    ///
    /// - Parameters:
    ///   - codes: The users' codes in the window.
    ///   - rowEnds: For every user of the partition the row after their last one, as in `UserRows`.
    ///   - local: The users' indices in the partition's dictionary.
    mutating func count(_ codes: Span<UInt32>, _ rowEnds: Span<UInt32>, _ local: Range<Int>) {
        let first = users.lowerBound
        addLengths(codes, first: first, rowEnds, local, to: ends.mutableSpan)
    }

    /// Makes room for all rows that were counted.
    mutating func makeRoom() {
        var total = 0
        for index in ends.indices {
            let count = ends[index]
            ends[index] = total
            total += count
        }
        if items.count < total { items = [UInt32](repeating: 0, count: total) }
    }

    /// Adds the rows of a partition's users, which were counted, to those of the partitions before it.
    ///
    /// - Parameters:
    ///   - rows: Per row the item's index in the partition's dictionary plus 1.
    ///   - firstRow: The row that the first of `rows` belongs to.
    ///   - itemCodes: For each item of the partition its code in the window.
    mutating func append(
        _ codes: Span<UInt32>, _ rowEnds: Span<UInt32>, _ local: Range<Int>, _ rows: Span<UInt32>, firstRow: Int,
        codes itemCodes: Span<UInt32>,
    ) {
        for index in codes.indices {
            let start = Int(rowEnds[local.lowerBound + index]) - firstRow
            let end = Int(rowEnds[local.lowerBound + index + 1]) - firstRow
            let user = Int(codes[index]) - users.lowerBound
            let target = ends[user]
            translate(rows.extracting(start..<end), itemCodes, into: items.mutableSpan, at: target)
            ends[user] = target + end - start
        }
    }
}

private func addLengths(
    _ codes: Span<UInt32>, first: Int, _ rowEnds: Span<UInt32>, _ local: Range<Int>,
    to lengths: consuming MutableSpan<Int>,
) {
    for index in codes.indices {
        let row = local.lowerBound &+ index
        lengths[Int(codes[index]) &- first] &+= Int(rowEnds[row &+ 1] &- rowEnds[row])
    }
}

private func translate(
    _ rows: Span<UInt32>, _ codes: Span<UInt32>, into items: consuming MutableSpan<UInt32>, at start: Int,
) {
    for index in rows.indices { items[start &+ index] = codes[Int(rows[index]) &- 1] }
}
