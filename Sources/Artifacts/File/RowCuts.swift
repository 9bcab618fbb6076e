import Columns
import Platform

/// Cuts entries, which come piece by piece, into rows, with a block of the rows' lengths in memory.
struct RowCuts {
    /// The rows of some entries that stand together.
    struct Rows {
        /// True if the first of the entries belongs to the row of the entry before it.
        let continuesRow: Bool
        /// How many of the entries each row has, at least one; the lengths add up to all of them.
        let lengths: [UInt32]
    }

    private let container: ContainerReader
    private let checks: EntryChecks
    private var cursor: ColumnCursor<UInt32>
    private var remainingRowCount: Int
    /// The row after those of `block`.
    private var nextRow = 0
    private var block: ArraySlice<UInt32> = []
    /// Entries of the current row that are still to come.
    private var pending: UInt32 = 0

    private static let section = ArtifactFormat.Section.rowLength.rawValue

    /// - Throws: `FormatError` if the section table does not promise as many lengths as there are rows.
    init(
        _ container: ContainerReader, _ metadata: ArtifactMetadata, using zstandard: Zstandard,
    ) throws(FormatError) {
        self.container = container
        checks = EntryChecks(container, metadata)
        remainingRowCount = metadata.rowCount
        cursor = try ColumnCursor(container, section: RowCuts.section, count: metadata.rowCount, using: zstandard)
    }

    /// The lengths of the next rows, as many as a block may have; none behind the last row.
    ///
    /// - Throws: `FormatError` if a block is damaged, or a row is empty that may not be.
    mutating func readLengths() throws(FormatError) -> [UInt32] {
        let count = min(remainingRowCount, EncodedBlock.maximumRowCount)
        let lengths = try cursor.read(count)
        try checks.check(rowLengths: lengths, first: nextRow)
        remainingRowCount -= count
        nextRow += count
        return lengths
    }

    /// The rows of the next `count` entries.
    ///
    /// - Throws: `FormatError` as above, or if the rows have fewer entries.
    mutating func next(_ count: Int) throws(FormatError) -> Rows {
        let continuesRow = pending > 0
        var lengths: [UInt32] = []
        var missing = UInt32(count)
        while missing > 0 {
            if pending == 0 { pending = try nextLength() }
            let length = min(pending, missing)
            if length > 0 { lengths.append(length) }
            pending -= length
            missing -= length
        }
        return Rows(continuesRow: continuesRow, lengths: lengths)
    }

    /// Checks, behind the last entry, that no row has another one.
    mutating func finish() throws(FormatError) {
        while pending == 0, !block.isEmpty || remainingRowCount > 0 { pending = try nextLength() }
        if pending > 0 { throw wrongSum() }
    }

    private mutating func nextLength() throws(FormatError) -> UInt32 {
        if block.isEmpty { block = try readLengths()[...] }
        guard let length = block.popFirst() else { throw wrongSum() }
        return length
    }

    /// The error of lengths that add up to more or less than there are entries.
    func wrongSum() -> FormatError {
        container.corrupt(section: RowCuts.section, "the lengths of the rows do not add up to the entries")
    }
}
