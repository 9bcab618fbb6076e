import Columns
import Platform

extension WindowScan {
    /// The distinct ids of a column in the order of their bytes if they are numbers that stand close together, as those
    /// of a catalog or of accounts often do; else nil.
    ///
    /// - Parameters:
    ///   - dictionaries: By batch, if they were read already.
    ///   - ends: For every partition the number of ids in its dictionary and in those before.
    ///   - byteCount: How much memory may be taken for finding out, in bytes.
    /// - Throws: `FormatError` if a block is damaged.
    func denseDictionary(
        _ column: IdentifierColumn, _ dictionaries: [[DictionaryRun]]?, ends: [Int], byteCount: Int,
    ) throws -> WindowDictionary? {
        guard let total = ends.last, partitions.allSatisfy({ $0.hasDecimals(column) }) else { return nil }
        // A table of keys would take about as much.
        let wordCount = min(total * 2 + 1024, byteCount / DenseNumbers.wordByteCount)
        guard var dense = try denseNumbers(column, dictionaries, greatestWordCount: wordCount) else { return nil }
        let numbers = dense.finish()
        var identifiers = IdentifierList()
        DictionaryRun.decimal(numbers).append(to: &identifiers)
        let byteOrder = identifiers.orderByBytes()
        let codes = try translate(column, dictionaries, dense, ranks(of: byteOrder), ends: ends)
        return WindowDictionary(
            identifiers: identifiers.selecting(byteOrder), count: numbers.count, codes: codes, ends: ends)
    }

    /// The numbers of a column; nil if one is too large.
    private func denseNumbers(
        _ column: IdentifierColumn, _ dictionaries: [[DictionaryRun]]?, greatestWordCount: Int,
    ) throws -> DenseNumbers? {
        var dense = DenseNumbers(greatestWordCount: greatestWordCount)
        var isDense = true
        try Parallel.forEachInOrder(
            count: batches.count, threadCount: threadCount,
            makeState: { (zstandard: Zstandard(), runs: [DictionaryRun]()) },
            produce: { state, batch in
                state.runs = try dictionaries?[batch] ?? dictionaryRuns(column, batch: batch, using: state.zstandard)
            },
            consume: { state in
                for case .decimal(let numbers) in state.runs where isDense { isDense = dense.insert(numbers) }
            })
        return isDense ? dense : nil
    }

    /// For each id of each dictionary what stands in `map` at its place among all numbers.
    private func translate(
        _ column: IdentifierColumn, _ dictionaries: [[DictionaryRun]]?, _ dense: DenseNumbers, _ map: [UInt32],
        ends: [Int],
    ) throws -> [UInt32] {
        var codes = [UInt32](repeating: 0, count: ends.last ?? 0)
        try Parallel.forEachChunk(
            of: &codes, endingAt: batches.map { ends[$0.upperBound - 1] }, threadCount: threadCount,
            makeState: { Zstandard() },
            { zstandard, batch, chunk in
                var chunk = chunk
                var start = 0
                for case .decimal(let numbers) in try dictionaries?[batch]
                    ?? dictionaryRuns(column, batch: batch, using: zstandard)
                {
                    dense.translate(numbers, through: map, into: &chunk, at: start)
                    start += numbers.count
                }
            })
        return codes
    }
}
