import Columns
import Platform

/// Which rows of each partition are a user's. Rows without a user belong to nobody.
///
/// Takes 4 bytes of memory for each user of each partition.
struct UserRows: Sendable {
    /// For every partition: the number of rows without a user, and then for each user of its dictionary the row after
    /// their last one. Users stand in the order of their ids, and so do their rows.
    private let ends: [[UInt32]]

    /// - Throws: `FormatError` if a block is damaged or the users, or the rows, are out of order.
    init(_ scan: WindowScan, _ users: WindowDictionary) throws {
        ends = try Parallel.map(
            count: scan.partitions.count, threadCount: scan.threadCount, makeState: { Zstandard() },
            { zstandard, index in
                let partition = scan.partitions[index]
                if let misplaced = firstDescent(users.codes(ofPartition: index)) {
                    let section = PartitionFormat.Section.userDictionary.rawValue
                    throw partition.container.corrupt(misplacedIdentifier: misplaced, in: section)
                }
                let codes = try partition.codes(.user, using: zstandard)
                var ends = [UInt32](repeating: 0, count: partition.statistics.userCount + 1)
                if let row = findEnds(codes.span, into: ends.mutableSpan) {
                    let section = PartitionFormat.Section.user.rawValue
                    throw partition.container.corrupt(
                        section: section, at: row, "before row \(row) a user is left out or comes too late")
                }
                return ends
            })
    }

    /// The rows of some users of a partition, by their indices in its dictionary.
    func rows(partition: Int, users: Range<Int>) -> Range<Int> {
        Int(ends[partition][users.lowerBound])..<Int(ends[partition][users.upperBound])
    }

    /// For every partition the ends as above.
    func ends(ofPartition partition: Int) -> [UInt32] { ends[partition] }

    /// For every user of the window their number of rows.
    func counts(_ users: WindowDictionary) -> [UInt32] {
        var counts = [UInt32](repeating: 0, count: users.count)
        for partition in ends.indices {
            let ends = ends[partition]
            add(ends.span, users.codes(ofPartition: partition), to: counts.mutableSpan)
        }
        return counts
    }
}

private func firstDescent(_ codes: Span<UInt32>) -> Int? {
    for index in codes.indices.dropFirst() where codes[index] <= codes[index &- 1] { return index }
    return nil
}

/// Writes for each code the index after its last row. If the codes do not ascend, or one but 0 does not occur, returns
/// the row where that shows, which may be the one after the last.
private func findEnds(_ codes: Span<UInt32>, into ends: consuming MutableSpan<UInt32>) -> Int? {
    var previous: UInt32 = 0
    for index in codes.indices {
        let code = codes[index]
        if code != previous {
            guard code == previous &+ 1 else { return index }
            ends[Int(previous)] = UInt32(truncatingIfNeeded: index)
            previous = code
        }
    }
    ends[Int(previous)] = UInt32(truncatingIfNeeded: codes.count)
    return Int(previous) == ends.count &- 1 ? nil : codes.count
}

private func add(_ ends: Span<UInt32>, _ codes: Span<UInt32>, to counts: consuming MutableSpan<UInt32>) {
    for index in codes.indices { counts[Int(codes[index])] &+= ends[index &+ 1] &- ends[index] }
}
