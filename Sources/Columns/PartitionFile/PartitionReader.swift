import Events
package import Platform

/// An open partition file. Columns are checked and decoded when they are asked for.
package struct PartitionReader: Sendable {
    /// The blocks of the file.
    package let container: ContainerReader
    package let statistics: PartitionStatistics

    /// Opens a partition file.
    ///
    /// - Throws: `FormatError` if it is of another format, newer, or damaged.
    package init(_ file: DataFile) throws(FormatError) {
        try self.init(ContainerReader(file, format: PartitionFormat.file))
    }

    /// - Throws: `FormatError` if the footer is none of a partition, if there is a section that this build does not
    ///   know, or if the blocks do not promise as many rows and ids as the statistics claim.
    package init(_ container: ContainerReader) throws(FormatError) {
        self.container = container
        guard let statistics = PartitionStatistics(encoded: container.metadata) else {
            throw FormatError(.corrupt, container.file.path, "corrupt footer: the statistics are malformed")
        }
        self.statistics = statistics
        try container.checkSections()
        try container.checkPromises(statistics.claims)
    }

    package var rowCount: Int { statistics.rowCount }

    /// The distinct ids of a column.
    package func dictionary(_ column: IdentifierColumn, using zstandard: Zstandard) throws(FormatError)
        -> IdentifierList
    {
        let section = column.dictionary.rawValue
        let identifiers = try container.dictionary(
            section: section, count: statistics.distinctCount(column), using: zstandard)
        if column == .user, let index = identifiers.firstMisplaced {
            throw container.corrupt(misplacedIdentifier: index, in: section)
        }
        return identifiers
    }

    /// True if all ids of a column are stored as decimal numbers.
    package func hasDecimals(_ column: IdentifierColumn) -> Bool {
        container.blockIndices(section: column.dictionary.rawValue).allSatisfy {
            container.entries[$0].part == DictionaryPart.decimal.rawValue
        }
    }

    /// The distinct ids of a column in the form in which they are stored. Their order is not checked.
    package func dictionaryRuns(_ column: IdentifierColumn, using zstandard: Zstandard) throws(FormatError)
        -> [DictionaryRun]
    {
        let section = column.dictionary.rawValue
        defer { container.releasePages(section: section) }
        return try container.runs(section: section, count: statistics.distinctCount(column), using: zstandard)
    }

    /// The codes of a column of ids: per row 0 for none, else the index in the dictionary plus 1.
    package func codes(_ column: IdentifierColumn, using zstandard: Zstandard) throws(FormatError) -> [UInt32] {
        let section = column.codes.rawValue
        defer { container.releasePages(section: section) }
        return try container.column(section: section, count: rowCount, as: UInt32.self, using: zstandard) {
            codes, row throws(FormatError) in try check(codes, of: column, firstRow: row)
        }
    }

    /// The codes of a column of ids for some rows, and for those that share a block with them.
    ///
    /// - Parameter rows: At least one row of the partition.
    /// - Returns: The codes, as above, and the row that the first of them belongs to.
    package func codes(
        _ column: IdentifierColumn, covering rows: Range<Int>, using zstandard: Zstandard,
    ) throws(FormatError) -> (codes: [UInt32], firstRow: Int) {
        let section = column.codes.rawValue
        try container.checkRowCount(section: section, count: rowCount)
        var (codes, firstRow, end): ([UInt32], Int, Int) = ([], 0, 0)
        for index in container.blockIndices(section: section) where end < rows.upperBound {
            let start = end
            end += container.entries[index].rowCount
            if end <= rows.lowerBound { continue }
            if codes.isEmpty { firstRow = start }
            let block = try container.values(ofBlock: index, as: UInt32.self, using: zstandard)
            try check(block, of: column, firstRow: start)
            codes += block
        }
        return (codes, firstRow)
    }
}
