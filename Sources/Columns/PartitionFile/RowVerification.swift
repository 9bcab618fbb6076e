import Platform

/// Checks the columns of a partition side by side, a block's rows at a time: that every value is within its range, and
/// that the rows are in the order of the format. Dictionaries are checked before.
struct RowVerification {
    private typealias Section = PartitionFormat.Section

    private let reader: PartitionReader
    private var codes: [(column: IdentifierColumn, cursor: ColumnCursor<UInt32>)] = []
    private var times: ColumnCursor<UInt64>
    private var ranks: ColumnCursor<UInt32>
    private var arrivals: ColumnCursor<UInt32>
    private var sessions: SessionOrderVerification
    private var firstRow = 0
    /// The row before `firstRow`; nothing stands before the first.
    private var last: (user: UInt32, session: UInt32, time: UInt64) = (0, 0, 0)
    private var timeRange: ClosedRange<UInt64>?

    /// - Throws: `FormatError` if a column does not have as many rows as there are.
    init(_ reader: PartitionReader, using zstandard: Zstandard) throws(FormatError) {
        self.reader = reader
        let (container, count) = (reader.container, reader.rowCount)
        for column in IdentifierColumn.allCases {
            let cursor = try ColumnCursor<UInt32>(
                container, section: column.codes.rawValue, count: count, using: zstandard)
            codes.append((column, cursor))
        }
        times = try ColumnCursor(container, section: Section.timeOfDay.rawValue, count: count, using: zstandard)
        ranks = try ColumnCursor(container, section: Section.rank.rawValue, count: count, using: zstandard)
        let hasArrivals = container.entries.contains { $0.section == Section.arrival.rawValue }
        arrivals = try ColumnCursor(
            container, section: Section.arrival.rawValue, count: hasArrivals ? count : 0, using: zstandard)
        sessions = SessionOrderVerification(reader, using: zstandard)
    }

    /// Checks the next rows; false behind the last one.
    ///
    /// - Throws: `FormatError` at the first thing that is wrong.
    mutating func checkNext() throws(FormatError) -> Bool {
        let count = min(reader.rowCount - firstRow, EncodedBlock.maximumRowCount)
        if count == 0 {
            try sessions.checkPending()
            try reader.check(timeRange: timeRange)
            try checkUsers()
            return false
        }
        var columns: [IdentifierColumn: [UInt32]] = [:]
        for index in codes.indices {
            let values = try codes[index].cursor.read(count)
            try reader.check(values, of: codes[index].column, firstRow: firstRow)
            columns[codes[index].column] = values
        }
        try reader.check(ranks: try ranks.read(count), firstRow: firstRow)
        if !arrivals.isAtEnd { _ = try arrivals.read(count) }
        let times = try self.times.read(count)
        try reader.check(nanosecondsOfDay: times, firstRow: firstRow)
        note(times)
        try checkOrder(columns[.user] ?? [], columns[.session] ?? [], times)
        firstRow += count
        return true
    }

    /// Checks that no row stands before the one before it. Of the rows without a user the order of the sessions' ids is
    /// left to `sessions`.
    private mutating func checkOrder(_ users: [UInt32], _ sessionCodes: [UInt32], _ times: [UInt64]) throws(FormatError)
    {
        var last = last
        for row in users.indices {
            let next = (user: users[row], session: sessionCodes[row], time: times[row])
            if next.user == 0, next.session != last.session {
                try sessions.append(next.session, row: firstRow + row)
            } else if next.user == last.user, next.time < last.time {
                throw misplaced(row, .timeOfDay, "it is earlier than the row before")
            }
            if next.user < last.user { throw misplaced(row, .user, "its user stands before that of the row before") }
            if next.user > last.user + 1 { throw misplaced(row, .user, "a user before it has no row") }
            last = next
        }
        self.last = last
    }

    /// Checks that there are rows of every user.
    private func checkUsers() throws(FormatError) {
        guard last.user == reader.statistics.userCount else {
            throw reader.container.corrupt(section: Section.user.rawValue, "the last user has no row")
        }
    }

    private func misplaced(_ row: Int, _ section: PartitionFormat.Section, _ reason: String) -> FormatError {
        let row = firstRow + row
        return reader.container.corrupt(
            section: section.rawValue, at: row, "row \(row) is out of order: \(reason)")
    }

    private mutating func note(_ times: [UInt64]) {
        guard let least = times.min(), let greatest = times.max() else { return }
        timeRange = min(least, timeRange?.lowerBound ?? least)...max(greatest, timeRange?.upperBound ?? greatest)
    }
}
