package import Columns
package import Platform

/// Takes the rows of a result slice by slice, and keeps them where there is room. For one thread at a time.
package struct RankedRowsSpool {
    private let valueKind: RankedRows.ValueKind
    private let scratch: ScratchSpace
    private var rows: ScratchArrayBuilder<UInt32>
    private var lengths: ScratchArrayBuilder<UInt32>
    private var codes: ScratchArrayBuilder<UInt32>
    private var counts: ScratchArrayBuilder<UInt32>
    private var scores: ScratchArrayBuilder<UInt64>
    private var used = UsedCodes()

    /// - Parameter values: What the entries have; all slices must have the same.
    package init(values: RankedRows.ValueKind, scratch: ScratchSpace) {
        valueKind = values
        self.scratch = scratch
        rows = ScratchArrayBuilder(in: scratch)
        lengths = ScratchArrayBuilder(in: scratch)
        codes = ScratchArrayBuilder(in: scratch)
        counts = ScratchArrayBuilder(in: scratch)
        scores = ScratchArrayBuilder(in: scratch)
    }

    /// Number of rows so far.
    package var rowCount: Int { rows.count }

    /// Adds rows, which stand behind those that were added before.
    ///
    /// - Throws: `StorageError`, `LockHeldError` if memory is short and a file cannot be written.
    mutating func append(_ slice: RankedSlice) throws {
        let lengths = slice.ends.indices.map { UInt32(slice.ends[$0] - ($0 == 0 ? 0 : slice.ends[$0 - 1])) }
        let bits = slice.scores.map { score in
            precondition(score.isFinite, "a score is a number")
            // Adding zero makes one zero of the two that there are.
            return (score + 0).bitPattern
        }
        try append(
            rows: slice.rows, lengths: lengths, codes: slice.members, counts: slice.counts, scoreBits: bits)
    }

    /// Ends the appending.
    ///
    /// - Parameters:
    ///   - rowKeys: The ids that rows are indices of, in ascending order of bytes; empty where rows have no keys.
    ///   - candidates: The ids that members are indices of, in ascending order of bytes. The result has those in use.
    ///   - keeping: Which of the rows are kept, ascending: 0 for the first one that was added. Nil for all.
    /// - Throws: As `append`.
    package mutating func finish(
        rowKeys: IdentifierList, candidates: IdentifierList, keeping: [Int]? = nil,
    ) throws -> RankedRows {
        if let keeping {
            var selection = try self.selection(keeping)
            return try selection.finish(rowKeys: rowKeys, candidates: candidates)
        }
        let rows = try self.rows.finish()
        let values: RankedRows.Values
        switch valueKind {
        case .none: values = .none
        case .counts: values = .counts(try counts.finish())
        case .scores: values = .scores(try scores.finish())
        }
        let (memberKeys, newCodes) = used.selection(of: candidates)
        return RankedRows(
            rowKeys: try keys(of: rows, in: rowKeys), memberKeys: memberKeys, lengths: try lengths.finish(),
            codes: try codes.finish(), newCodes: newCodes, values: values)
    }

    private mutating func append(
        rows: [UInt32], lengths: [UInt32], codes: [UInt32], counts: [UInt32], scoreBits: [UInt64],
    ) throws {
        precondition(counts.count == (valueKind == .counts ? codes.count : 0), "entries have counts, or none has")
        precondition(scoreBits.count == (valueKind == .scores ? codes.count : 0), "entries have scores, or none has")
        used.insert(codes.span)
        try self.rows.append(rows.span)
        try self.lengths.append(lengths.span)
        try self.codes.append(codes.span)
        try self.counts.append(counts.span)
        try scores.append(scoreBits.span)
    }

    /// The keys of the rows. Where every id has a row the list is not copied.
    private func keys(of rows: ScratchArray<UInt32>, in keys: IdentifierList) throws -> IdentifierList {
        if keys.isEmpty || rows.count == keys.count { return keys }
        return keys.selecting(try rows.elements(in: 0..<rows.count))
    }

    /// A spool of some of the rows; this one is empty afterwards.
    private mutating func selection(_ kept: [Int]) throws -> RankedRowsSpool {
        let (rows, lengths) = (try self.rows.finish(), try self.lengths.finish())
        let (codes, counts, scores) = (try self.codes.finish(), try self.counts.finish(), try self.scores.finish())
        let allLengths = try lengths.elements(in: 0..<lengths.count)
        var selection = RankedRowsSpool(values: valueKind, scratch: scratch)
        var (row, start) = (0, 0)
        for index in kept {
            while row < index {
                start += Int(allLengths[row])
                row += 1
            }
            let entries = start..<start + Int(allLengths[row])
            try selection.append(
                rows: rows.elements(in: row..<row + 1), lengths: [allLengths[row]], codes: codes.elements(in: entries),
                counts: valueKind == .counts ? counts.elements(in: entries) : [],
                scoreBits: valueKind == .scores ? scores.elements(in: entries) : [])
        }
        used = UsedCodes()
        return selection
    }
}

/// Which codes occur.
private struct UsedCodes {
    private var isUsed: [Bool] = []

    mutating func insert(_ codes: Span<UInt32>) {
        let greatest = maximum(codes)
        if let greatest, greatest >= isUsed.count {
            // Twice as many as there were, so that growing costs little.
            let count = max(Int(greatest) + 1, isUsed.count * 2)
            isUsed.append(contentsOf: repeatElement(false, count: count - isUsed.count))
        }
        mark(codes, in: isUsed.mutableSpan)
    }

    /// The candidates that occur, and for each code the index among them; nil where all candidates do.
    func selection(of candidates: IdentifierList) -> (identifiers: IdentifierList, newCodes: [UInt32]?) {
        var codes: [UInt32] = []
        for code in candidates.indices.prefix(isUsed.count) where isUsed[code] { codes.append(UInt32(code)) }
        if codes.count == candidates.count { return (candidates, nil) }
        var newCodes = [UInt32](repeating: 0, count: candidates.count)
        for (index, code) in codes.enumerated() { newCodes[Int(code)] = UInt32(index) }
        return (candidates.selecting(codes), newCodes)
    }
}

private func maximum(_ codes: Span<UInt32>) -> UInt32? {
    if codes.isEmpty { return nil }
    var greatest: UInt32 = 0
    for index in codes.indices { greatest = max(greatest, codes[index]) }
    return greatest
}

private func mark(_ codes: Span<UInt32>, in isUsed: consuming MutableSpan<Bool>) {
    for index in codes.indices { isUsed[Int(codes[index])] = true }
}
