import Columns
import Platform

/// The rows of one file that is merged, in their order, a batch at a time.
final class MergeSource {
    private let file: MergedFile
    private let codeMaps: [IdentifierColumn: CodeMap]
    private let order: RowOrder
    private var codes: [IdentifierColumn: ColumnCursor<UInt32>] = [:]
    private var times: ColumnCursor<UInt64>
    private var ranks: ColumnCursor<UInt32>
    private var arrivals: ColumnCursor<UInt32>?
    private var remainingCount: Int
    /// The first row of the batch.
    private var firstRow: Int { file.reader.rowCount - remainingCount - batch.count }
    /// The last row of the batch before.
    private var previous: RowKey?
    /// Of all rows so far.
    private var timeRange: ClosedRange<UInt64>?

    private(set) var batch = MergeBatch()
    /// The row of the batch that comes next.
    var row = 0

    /// - Parameter codeMaps: From the codes of the file to those of the unions.
    /// - Throws: `FormatError` if the file is damaged; `Interruption`.
    init(
        _ file: MergedFile, _ codeMaps: [IdentifierColumn: CodeMap], _ order: RowOrder, using zstandard: Zstandard,
    ) throws {
        self.file = file
        self.codeMaps = codeMaps
        self.order = order
        let container = file.reader.container
        let count = file.reader.rowCount
        remainingCount = count
        times = try ColumnCursor(container, .timeOfDay, count: count, using: zstandard)
        ranks = try ColumnCursor(container, .rank, count: count, using: zstandard)
        if file.isRun { arrivals = try ColumnCursor(container, .arrival, count: count, using: zstandard) }
        for column in IdentifierColumn.allCases {
            codes[column] = try ColumnCursor(container, column.codes, count: count, using: zstandard)
        }
        try loadBatch()
    }

    var isAtEnd: Bool { row == batch.count && remainingCount == 0 }

    /// What decides where the next row stands.
    var key: RowKey { batch.key(row) }

    /// Goes on to `row` of the batch, or to the next batch if that is its end.
    ///
    /// - Throws: `FormatError` if the file is damaged; `Interruption`.
    func advance(to row: Int) throws {
        self.row = row
        if row == batch.count, remainingCount > 0 { try loadBatch() }
    }

    private func loadBatch() throws {
        try Cancellation.check()
        previous = batch.count > 0 ? batch.key(batch.count - 1) : nil
        let count = min(remainingCount, PartitionLayout.run.blockRowCount)
        remainingCount -= count
        row = 0
        batch.nanosecondsOfDay = try times.next(count)
        batch.ranks = try ranks.next(count)
        batch.arrivals = try arrivals?.next(count) ?? [UInt32](repeating: 0, count: count)
        batch.users = try nextCodes(.user, count)
        batch.sessions = try nextCodes(.session, count)
        batch.requests = try nextCodes(.request, count)
        batch.items = try nextCodes(.item, count)
        try file.reader.check(nanosecondsOfDay: batch.nanosecondsOfDay, firstRow: firstRow)
        try file.reader.check(ranks: batch.ranks, firstRow: firstRow)
        try checkOrder()
        if !file.isRun { try checkTimes() }
    }

    /// A stored file may have been damaged, or made by others; a run was written by this process.
    private func checkTimes() throws(FormatError) {
        if let least = batch.nanosecondsOfDay.min(), let greatest = batch.nanosecondsOfDay.max() {
            timeRange = min(least, timeRange?.lowerBound ?? least)...max(greatest, timeRange?.upperBound ?? greatest)
        }
        if remainingCount == 0 { try file.reader.check(timeRange: timeRange) }
    }

    /// The next codes of a column, as those of its union.
    private func nextCodes(_ column: IdentifierColumn, _ count: Int) throws(FormatError) -> [UInt32] {
        guard let own = try codes[column]?.next(count), let map = codeMaps[column] else {
            preconditionFailure("there is a cursor and a map for every column")
        }
        try file.reader.check(own, of: column, firstRow: firstRow)
        return map.mapped(own)
    }

    private func checkOrder() throws(FormatError) {
        var before = previous
        for row in 0..<batch.count {
            let key = batch.key(row)
            if let before, order.compareIgnoringArrival(before, key) > 0 {
                throw file.reader.container.corrupt(
                    section: PartitionFormat.Section.user.rawValue, at: firstRow + row,
                    "row \(firstRow + row) is out of order")
            }
            before = key
        }
    }
}
