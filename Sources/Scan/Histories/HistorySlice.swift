import Columns
import Platform

/// The rows of a range of users, read and ready to be brought together by user.
struct HistorySlice: Sendable {
    /// Codes of users in the window.
    let users: Range<Int>
    /// What each partition has of them.
    private let parts: [Part]
    private let items: WindowDictionary
    private let userCodes: WindowDictionary

    private struct Part: Sendable {
        /// The users of the range, by their indices in the partition's dictionary.
        let users: Range<Int>
        /// The codes of the items of their rows, in the partition's dictionary, plus 1.
        let items: [UInt32]
        /// The row that the first of `items` belongs to.
        let firstRow: Int
        /// For every user the row after their last one, as in `UserRows`.
        let ends: [UInt32]
    }

    /// Reads the rows of `users`.
    ///
    /// - Throws: `FormatError` if a block is damaged.
    init(
        _ scan: WindowScan, _ rows: UserRows, users: Range<Int>, items: WindowDictionary, userCodes: WindowDictionary,
    ) throws {
        self.users = users
        self.items = items
        self.userCodes = userCodes
        parts = try Parallel.map(
            count: scan.partitions.count, threadCount: scan.threadCount, makeState: { Zstandard() },
            { zstandard, index in
                let codes = userCodes.codes(ofPartition: index)
                let local =
                    firstIndex(
                        notBelow: users.lowerBound, in: codes)..<firstIndex(
                        notBelow: users.upperBound, in: codes)
                let ends = rows.ends(ofPartition: index)
                let range = rows.rows(partition: index, users: local)
                guard !range.isEmpty else { return Part(users: local, items: [], firstRow: 0, ends: ends) }
                let (items, firstRow) = try scan.partitions[index].codes(.item, covering: range, using: zstandard)
                return Part(users: local, items: items, firstRow: firstRow, ends: ends)
            })
    }

    /// Brings the rows of some users together.
    ///
    /// - Parameter users: Of those of the slice.
    func gather(_ users: Range<Int>, into histories: inout Histories) {
        histories.restart(users)
        let locals = parts.indices.map { index in
            let codes = userCodes.codes(ofPartition: index)
            return firstIndex(
                notBelow: users.lowerBound, in: codes)..<firstIndex(
                    notBelow: users.upperBound, in: codes)
        }
        for (index, local) in locals.enumerated() where !local.isEmpty {
            let part = parts[index]
            histories.count(userCodes.codes(ofPartition: index).extracting(local), part.ends.span, local)
        }
        histories.makeRoom()
        for (index, local) in locals.enumerated() where !local.isEmpty {
            let part = parts[index]
            histories.append(
                userCodes.codes(ofPartition: index).extracting(local), part.ends.span, local, part.items.span,
                firstRow: part.firstRow, codes: items.codes(ofPartition: index))
        }
    }
}

/// The index of the first code that is at least `bound`, in ascending codes.
private func firstIndex(notBelow bound: Int, in codes: Span<UInt32>) -> Int {
    var (low, high) = (0, codes.count)
    while low < high {
        let middle = (low + high) / 2
        if Int(codes[middle]) < bound { low = middle + 1 } else { high = middle }
    }
    return low
}
