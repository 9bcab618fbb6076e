extension ExposureColumns {
    /// The same events in the order of a partition: by user, events without one first and by session; then by time;
    /// then as they stand. The dictionary of users becomes ascending.
    package func inPartitionOrder() -> ExposureColumns {
        var columns = self
        columns.users = users.inByteOrder()
        return columns.selecting(columns.rowOrder())
    }

    /// The rows at `rows`, in that order, with the dictionaries as they are.
    package func selecting(_ rows: [UInt32]) -> ExposureColumns {
        var selection = self
        for column in IdentifierColumn.allCases {
            selection[column].codes = gather(self[column].codes.span, at: rows.span)
        }
        selection.nanosecondsOfDay = gather(nanosecondsOfDay.span, at: rows.span)
        selection.ranks = gather(ranks.span, at: rows.span)
        if !arrivals.isEmpty { selection.arrivals = gather(arrivals.span, at: rows.span) }
        return selection
    }

    /// The rows in the order of a partition. Users are ascending.
    private func rowOrder() -> [UInt32] {
        var (order, ends) = groupedByCode(users.codes.span, groupCount: users.dictionary.count + 1)
        sortAnonymousRows(&order, count: ends[0])
        for group in 1..<ends.count { sortByTime(&order, ends[group - 1]..<ends[group]) }
        return order
    }

    /// Sorts the first `count` rows of `order`, which have no user, by session and time.
    private func sortAnonymousRows(_ order: inout [UInt32], count: Int) {
        guard count > 1 else { return }
        let sessionOrder = sessions.dictionary.orderByBytes()
        var ranks = [UInt32](repeating: 0, count: sessionOrder.count + 1)
        for (rank, session) in sessionOrder.enumerated() { ranks[Int(session) + 1] = UInt32(rank) }
        order[..<count].sort { left, right in
            let (leftRank, rightRank) = (ranks[Int(sessions.codes[Int(left)])], ranks[Int(sessions.codes[Int(right)])])
            return leftRank != rightRank ? leftRank < rightRank : isEarlier(left, right)
        }
    }

    /// Sorts a range of `order`, in which rows of equal time stand as they arrived, by time.
    private func sortByTime(_ order: inout [UInt32], _ range: Range<Int>) {
        if !isAscending(nanosecondsOfDay.span, at: order.span.extracting(range)) {
            order[range].sort(by: isEarlier)
        }
    }

    private func isEarlier(_ left: UInt32, _ right: UInt32) -> Bool {
        let (leftTime, rightTime) = (nanosecondsOfDay[Int(left)], nanosecondsOfDay[Int(right)])
        return leftTime != rightTime ? leftTime < rightTime : left < right
    }
}

/// A counting sort: the indices of `codes` by code, equal codes as they stand, and per code the end of its indices.
private func groupedByCode(_ codes: Span<UInt32>, groupCount: Int) -> (order: [UInt32], ends: [Int]) {
    var ends = [Int](repeating: 0, count: groupCount)
    var cursors = ends.mutableSpan
    for index in codes.indices { cursors[Int(codes[index])] &+= 1 }
    var total = 0
    for group in cursors.indices {
        let size = cursors[group]
        cursors[group] = total
        total &+= size
    }
    var order = [UInt32](repeating: 0, count: codes.count)
    var target = order.mutableSpan
    for index in codes.indices {
        let group = Int(codes[index])
        target[cursors[group]] = UInt32(truncatingIfNeeded: index)
        cursors[group] &+= 1
    }
    return (order, ends)
}

/// True if no value at `indices` is less than the one before it there.
private func isAscending(_ values: Span<UInt64>, at indices: Span<UInt32>) -> Bool {
    guard !indices.isEmpty else { return true }
    var previous = values[Int(indices[0])]
    for index in 1..<indices.count {
        let value = values[Int(indices[index])]
        if value < previous { return false }
        previous = value
    }
    return true
}
