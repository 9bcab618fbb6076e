/// A run of rows of one of several sets of columns.
package struct RowPiece: Sendable {
    /// Which of the sets.
    package let part: Int
    package let rows: Range<Int>

    package init(part: Int, rows: Range<Int>) {
        self.part = part
        self.rows = rows
    }
}

extension ExposureColumns {
    /// The rows of `pieces`, one piece after the other, over common dictionaries.
    package static func gathering(_ pieces: [RowPiece], of parts: [ExposureColumns]) -> ExposureColumns {
        var result = ExposureColumns()
        for column in IdentifierColumn.allCases {
            result[column] = CodedColumn.gathering(pieces, of: parts.map { $0[column] })
        }
        for piece in pieces {
            result.nanosecondsOfDay += parts[piece.part].nanosecondsOfDay[piece.rows]
            result.ranks += parts[piece.part].ranks[piece.rows]
            if !parts[piece.part].arrivals.isEmpty { result.arrivals += parts[piece.part].arrivals[piece.rows] }
        }
        return result
    }
}

extension CodedColumn {
    /// The rows of `pieces`, one piece after the other, over one dictionary.
    fileprivate static func gathering(_ pieces: [RowPiece], of parts: [CodedColumn]) -> CodedColumn {
        var interner = IdentifierInterner()
        let codeMaps = parts.map { part in [0] + interner.codes(for: part.dictionary).map { $0 + 1 } }
        var codes: [UInt32] = []
        codes.reserveCapacity(pieces.reduce(0) { $0 + $1.rows.count })
        for piece in pieces {
            let map = codeMaps[piece.part]
            for code in parts[piece.part].codes[piece.rows] { codes.append(map[Int(code)]) }
        }
        return CodedColumn(dictionary: interner.identifiers, codes: codes)
    }
}
