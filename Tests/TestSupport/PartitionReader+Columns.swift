package import Columns
package import Platform

/// A whole partition at once, for tests: what is read and verified block by block is held against it.
extension PartitionReader {
    /// A column of ids.
    package func column(_ column: IdentifierColumn, using zstandard: Zstandard) throws(FormatError) -> CodedColumn {
        CodedColumn(
            dictionary: try dictionary(column, using: zstandard), codes: try codes(column, using: zstandard))
    }

    /// Nanoseconds since 00:00 UTC of the day, per row.
    package func nanosecondsOfDay(using zstandard: Zstandard) throws(FormatError) -> [UInt64] {
        let section = PartitionFormat.Section.timeOfDay.rawValue
        let times = try container.column(section: section, count: rowCount, as: UInt64.self, using: zstandard) {
            times, row throws(FormatError) in try check(nanosecondsOfDay: times, firstRow: row)
        }
        try check(timeRange: times.min().flatMap { least in times.max().map { least...$0 } })
        return times
    }

    /// Per row 0 for no rank, else the rank plus 1.
    package func ranks(using zstandard: Zstandard) throws(FormatError) -> [UInt32] {
        let section = PartitionFormat.Section.rank.rawValue
        return try container.column(section: section, count: rowCount, as: UInt32.self, using: zstandard) {
            ranks, row throws(FormatError) in try check(ranks: ranks, firstRow: row)
        }
    }

    /// All columns.
    ///
    /// - Throws: `FormatError` if a block is damaged, an id is repeated, or rows are not in the order of the format.
    package func columns(using zstandard: Zstandard) throws(FormatError) -> ExposureColumns {
        let columns = ExposureColumns(
            users: try column(.user, using: zstandard), sessions: try column(.session, using: zstandard),
            requests: try column(.request, using: zstandard), items: try column(.item, using: zstandard),
            nanosecondsOfDay: try nanosecondsOfDay(using: zstandard), ranks: try ranks(using: zstandard))
        for column in IdentifierColumn.allCases { try checkIsDistinct(columns[column].dictionary, of: column) }
        let userSection = PartitionFormat.Section.user.rawValue
        for row in 0..<rowCount where row > 0 && !columns.isInOrder(at: row) {
            throw container.corrupt(section: userSection, at: row, "row \(row) is out of order")
        }
        guard Set(columns.users.codes).subtracting([0]).count == statistics.userCount else {
            throw container.corrupt(section: userSection, "a user has no row")
        }
        return columns
    }

    private func checkIsDistinct(_ dictionary: IdentifierList, of column: IdentifierColumn) throws(FormatError) {
        var interner = IdentifierInterner()
        for index in dictionary.indices where interner.code(for: dictionary[index]) != index {
            throw container.corrupt(repeatedIdentifier: index, in: column.dictionary.rawValue)
        }
    }
}
