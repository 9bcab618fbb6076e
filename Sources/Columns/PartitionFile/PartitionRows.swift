package import Platform

/// Some rows of a partition, read without reading all of it: only the blocks that hold them, and the ids that they
/// have.
package struct PartitionRows {
    package let reader: PartitionReader
    private var columns: [IdentifierColumn: ColumnBlocks<UInt32>] = [:]
    private var dictionaries: [IdentifierColumn: DictionaryLookup] = [:]
    private var times: ColumnBlocks<UInt64>
    private var ranks: ColumnBlocks<UInt32>

    /// Rows that stand together, of which each column has all values in a single block.
    package struct Span: Sendable {
        package let rows: Range<Int>
        /// The block of each column, as indices of the container's.
        package let blocks: [PartitionFormat.Section: Int]
    }

    private typealias Section = PartitionFormat.Section

    /// - Throws: `FormatError` if the section table does not promise what the statistics do.
    package init(_ reader: PartitionReader, using zstandard: Zstandard) throws(FormatError) {
        self.reader = reader
        let (container, count) = (reader.container, reader.rowCount)
        times = try ColumnBlocks(
            container, section: Section.timeOfDay.rawValue, count: count, using: zstandard,
            check: { times, row throws(FormatError) in try reader.check(nanosecondsOfDay: times, firstRow: row) })
        ranks = try ColumnBlocks(
            container, section: Section.rank.rawValue, count: count, using: zstandard,
            check: { ranks, row throws(FormatError) in try reader.check(ranks: ranks, firstRow: row) })
        for column in IdentifierColumn.allCases {
            columns[column] = try ColumnBlocks(
                container, section: column.codes.rawValue, count: count, using: zstandard,
                check: { codes, row throws(FormatError) in try reader.check(codes, of: column, firstRow: row) })
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
        for row in selection.indices.dropFirst() where !events.isInOrder(at: row) {
            let row = range.lowerBound + selection[row]
            throw reader.container.corrupt(section: Section.user.rawValue, at: row, "row \(row) is out of order")
        }
        return events
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
