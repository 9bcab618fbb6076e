package import Platform

/// Some rows of a partition, read without reading all of it: only the blocks that hold them, and the ids that they
/// have.
package struct PartitionRows {
    package let reader: PartitionReader
    private var columns: [IdentifierColumn: ColumnBlocks<UInt32>] = [:]
    private var dictionaries: [IdentifierColumn: DictionaryLookup] = [:]
    private var times: ColumnBlocks<UInt64>
    private var ranks: ColumnBlocks<UInt32>
    private var seen = SeenRows()

    /// Rows that stand together, of which each column has all values in a single block.
    package struct Span: Sendable {
        package let rows: Range<Int>
        /// The block of each column, as indices of the container's.
        package let blocks: [PartitionFormat.Section: Int]
    }

    /// What is known of the rows that were read, for checks of the file as a whole.
    private struct SeenRows {
        var count = 0
        var earliest = UInt64.max
        var latest: UInt64 = 0
        /// The row that was read last, its event, and the code of its user in the file.
        var last: (row: Int, event: ExposureColumns, user: UInt32)?
    }

    private typealias Section = PartitionFormat.Section

    /// - Throws: `FormatError` if the section table does not promise what the statistics do.
    package init(_ reader: PartitionReader, using zstandard: Zstandard) throws(FormatError) {
        self.reader = reader
        let (container, count) = (reader.container, reader.rowCount)
        times = try ColumnBlocks(
            container, section: Section.timeOfDay.rawValue, count: count, using: zstandard,
            check: { times throws(FormatError) in try reader.check(nanosecondsOfDay: times) })
        ranks = try ColumnBlocks(
            container, section: Section.rank.rawValue, count: count, using: zstandard,
            check: { ranks throws(FormatError) in try reader.check(ranks: ranks) })
        for column in IdentifierColumn.allCases {
            columns[column] = try ColumnBlocks(
                container, section: column.codes.rawValue, count: count, using: zstandard,
                check: { codes throws(FormatError) in try reader.check(codes, of: column) })
            dictionaries[column] = try DictionaryLookup(
                container, section: column.dictionary.rawValue, count: reader.statistics.distinctCount(column),
                using: zstandard)
        }
    }

    /// The spans of all rows, in their order.
    package var spans: [Span] {
        let parts: [(section: PartitionFormat.Section, starts: [Int], indices: [Int])] =
            columns.map { ($0.key.codes, $0.value.starts, $0.value.indices) }
            + [(.timeOfDay, times.starts, times.indices), (.rank, ranks.starts, ranks.indices)]
        let bounds = Set(parts.flatMap(\.starts)).sorted()
        var places = [Int](repeating: 0, count: parts.count)
        return zip(bounds, bounds.dropFirst()).map { start, end in
            var blocks: [PartitionFormat.Section: Int] = [:]
            for (number, part) in parts.enumerated() {
                while part.starts[places[number] + 1] <= start { places[number] += 1 }
                blocks[part.section] = part.indices[places[number]]
            }
            return Span(rows: start..<end, blocks: blocks)
        }
    }

    /// The ids of a column.
    package func dictionary(_ column: IdentifierColumn) -> DictionaryLookup {
        guard let dictionary = dictionaries[column] else { preconditionFailure("every column has a dictionary") }
        return dictionary
    }

    /// The codes of a column for the rows of a range: 0 for none, else the number of the id plus 1.
    ///
    /// - Throws: `FormatError` if a block is damaged, as the methods below.
    package mutating func codes(_ column: IdentifierColumn, in rows: Range<Int>) throws(FormatError) -> [UInt32] {
        guard var blocks = columns.removeValue(forKey: column) else { preconditionFailure("every column has codes") }
        defer { columns[column] = blocks }
        return try blocks.values(in: rows)
    }

    /// Nanoseconds since 00:00 UTC of the day for the rows of a range.
    package mutating func nanosecondsOfDay(in rows: Range<Int>) throws(FormatError) -> [UInt64] {
        try times.values(in: rows)
    }

    /// The events of some rows of a range. Their dictionaries have the ids that occur in them, in the file's order.
    ///
    /// - Parameters:
    ///   - selection: Places in the range, ascending.
    ///   - range: Rows of the partition: few enough to be in memory at once.
    /// - Throws: `FormatError` if a block is damaged, or these rows are not in the order of the format.
    package mutating func events(_ selection: [Int], of range: Range<Int>) throws(FormatError) -> ExposureColumns {
        var events = ExposureColumns()
        for column in IdentifierColumn.allCases {
            let codes = try codes(column, in: range)
            events[column] = try coded(selection.map { codes[$0] }, column)
        }
        let (times, ranks) = (try self.times.values(in: range), try self.ranks.values(in: range))
        events.nanosecondsOfDay = selection.map { times[$0] }
        events.ranks = selection.map { ranks[$0] }
        try check(events, selection.map { range.lowerBound + $0 })
        return events
    }

    /// Checks what can be told of a file only once all of its rows were read, in their order; nothing if they were not.
    ///
    /// - Throws: `FormatError` if an id cannot be read, users do not ascend, or the times are not those of the footer.
    package func checkWhole() throws(FormatError) {
        guard seen.count == reader.rowCount else { return }
        for column in IdentifierColumn.allCases { try dictionary(column).check(areAscending: column == .user) }
        let (earliest, latest) = seen.count == 0 ? (0, 0) : (seen.earliest, seen.latest)
        guard earliest == reader.statistics.earliest, latest == reader.statistics.latest else {
            let section = Section.timeOfDay.rawValue
            throw reader.container.corrupt(section: section, "the times are not those of the footer")
        }
    }

    /// Checks that events, which have these row numbers, stand in order, behind those that were read before them.
    private mutating func check(_ events: ExposureColumns, _ rows: [Int]) throws(FormatError) {
        for row in rows.indices.dropFirst() where !events.isInOrder(at: row) { throw outOfOrder(rows[row]) }
        guard let first = rows.first, let end = rows.last else { return }
        if let last = seen.last, last.row < first {
            let pair = ExposureColumns.gathering(
                [RowPiece(part: 0, rows: 0..<1), RowPiece(part: 1, rows: 0..<1)], of: [last.event, events])
            guard try isInOrder(pair, userBefore: last.user, row: first) else { throw outOfOrder(first) }
        }
        seen.count += rows.count
        seen.earliest = min(seen.earliest, events.nanosecondsOfDay.min() ?? .max)
        seen.latest = max(seen.latest, events.nanosecondsOfDay.max() ?? 0)
        let place = UInt32(rows.count - 1)
        seen.last = (end, events.selecting([place]), try codes(.user, in: end..<end + 1)[0])
    }

    /// True if the second of two events may stand behind the first one, the user of which has this code in the file.
    private mutating func isInOrder(
        _ pair: ExposureColumns, userBefore: UInt32, row: Int,
    ) throws(FormatError) -> Bool {
        let user = try codes(.user, in: row..<row + 1)[0]
        // The dictionary that both have together is in the order in which they come.
        return user == userBefore ? pair.isInOrder(at: 1) : userBefore < user
    }

    private func outOfOrder(_ row: Int) -> FormatError {
        let section = PartitionFormat.Section.user.rawValue
        return reader.container.corrupt(section: section, at: row, "row \(row) is out of order")
    }

    /// A column of these codes, with a dictionary of its own.
    private mutating func coded(_ codes: [UInt32], _ column: IdentifierColumn) throws(FormatError) -> CodedColumn {
        guard var dictionary = dictionaries.removeValue(forKey: column) else {
            preconditionFailure("every column has a dictionary")
        }
        defer { dictionaries[column] = dictionary }
        // Codes in the upper half and rows in the lower one: sorted, equal codes stand together.
        var numbers: [Int] = []
        var newCodes = [UInt32](repeating: 0, count: codes.count)
        for pair in codes.indices.map({ UInt64(codes[$0]) << 32 | UInt64($0) }).sorted() where pair >> 32 > 0 {
            let number = Int(pair >> 32) - 1
            if numbers.last != number { numbers.append(number) }
            newCodes[Int(pair & 0xFFFF_FFFF)] = UInt32(numbers.count)
        }
        return CodedColumn(dictionary: try dictionary.identifiers(at: numbers), codes: newCodes)
    }
}
