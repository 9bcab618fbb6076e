import Columns
package import Platform

extension RankedRows {
    /// An entry of a row.
    package struct Entry: Sendable, Equatable {
        /// The index in `memberKeys`.
        package let member: Int
        package let value: Value

        package init(member: Int, value: Value) {
            self.member = member
            self.value = value
        }
    }

    /// What is known of an entry beside its member.
    package enum Value: Sendable, Equatable {
        case none
        case count(UInt32)
        case score(Double)
    }
}

/// Goes over all rows and their entries once, from the first to the last, with a block of each in memory.
package struct RankedRowsCursor {
    private let rows: RankedRows
    private var nextRow = 0
    private var nextEntry = 0
    private var lengths: [UInt32] = []
    private var members: [UInt32] = []
    private var counts: [UInt32] = []
    private var scores: [UInt64] = []

    /// How much is read at a time.
    private static let blockCount = ScratchArray<UInt32>.pieceCount

    package init(_ rows: RankedRows) {
        self.rows = rows
    }

    /// The number of entries of the next row, or nil behind the last one. All entries of the row before must have been
    /// read.
    ///
    /// - Throws: `StorageError` if the rows are in a file that cannot be read.
    package mutating func readRow() throws(StorageError) -> Int? {
        guard nextRow < rows.rowCount else { return nil }
        let place = nextRow % RankedRowsCursor.blockCount
        if place == 0 {
            lengths = try rows.rowLengths(in: nextRow..<min(rows.rowCount, nextRow + RankedRowsCursor.blockCount))
        }
        nextRow += 1
        return Int(lengths[place])
    }

    /// The next entry, which the row must have.
    ///
    /// - Throws: As `readRow`.
    package mutating func readEntry() throws(StorageError) -> RankedRows.Entry {
        let place = nextEntry % RankedRowsCursor.blockCount
        if place == 0 { try readBlock() }
        nextEntry += 1
        let value: RankedRows.Value
        switch rows.valueKind {
        case .none: value = .none
        case .counts: value = .count(counts[place])
        case .scores: value = .score(Double(bitPattern: scores[place]))
        }
        return RankedRows.Entry(member: Int(members[place]), value: value)
    }

    private mutating func readBlock() throws(StorageError) {
        let range = nextEntry..<min(rows.entryCount, nextEntry + RankedRowsCursor.blockCount)
        members = try rows.members(in: range)
        switch rows.valueKind {
        case .none: break
        case .counts: counts = try rows.counts(in: range)
        case .scores: scores = try rows.scoreBits(in: range)
        }
    }
}
