package import Columns
import Platform

extension WindowScan {
    /// The distinct ids of a column over the window.
    ///
    /// - Parameter keyByteCount: How much memory the keys of ids may take at once, in bytes.
    /// - Throws: `FormatError` if a block is damaged.
    package func dictionary(
        _ column: IdentifierColumn, order: WindowDictionary.Order, keyByteCount: Int,
    ) throws -> WindowDictionary {
        let ends = partitions.map { $0.statistics.distinctCount(column) }.runningTotals
        let batchEnds = batches.map { ends[$0.upperBound - 1] }
        let dictionaries = try smallDictionaries(column, count: ends.last ?? 0, byteCount: keyByteCount / 4)
        if order == .bytes,
            let dense = try denseDictionary(column, dictionaries, ends: ends, byteCount: keyByteCount)
        {
            return dense
        }
        var codes = try FirstPositions.find(
            column, in: self, dictionaries, ends: batchEnds, keyByteCount: keyByteCount)
        let newCounts = numberByAppearance(codes.mutableSpan, ends: batchEnds)
        let count = newCounts.reduce(0, +)
        guard order == .bytes else {
            return WindowDictionary(identifiers: IdentifierList(), count: count, codes: codes, ends: ends)
        }
        let met = try identifiersByAppearance(column, dictionaries, codes, ends: batchEnds, newCounts: newCounts)
        let byteOrder = met.orderByBytes()
        let ranks = ranks(of: byteOrder)
        try Parallel.forEachChunk(
            of: &codes, endingAt: batchEnds, threadCount: threadCount, makeState: {},
            { _, _, chunk in replace(chunk, through: ranks.span) })
        return WindowDictionary(identifiers: met.selecting(byteOrder), count: count, codes: codes, ends: ends)
    }

    /// The distinct ids in the order of their codes, which is that of their appearance.
    ///
    /// - Parameters:
    ///   - dictionaries: By batch, if they were read already.
    ///   - ends: For every batch the index in `codes` after its last one.
    ///   - newCounts: For every batch how many ids appear first in it.
    private func identifiersByAppearance(
        _ column: IdentifierColumn, _ dictionaries: [[DictionaryRun]]?, _ codes: [UInt32], ends: [Int],
        newCounts: [Int],
    ) throws -> IdentifierList {
        let ends = (codes: ends, new: newCounts.runningTotals)
        var identifiers = IdentifierList()
        try Parallel.forEachInOrder(
            count: batches.count, threadCount: threadCount,
            makeState: { (zstandard: Zstandard(), identifiers: IdentifierList()) },
            produce: { state, index in
                state.identifiers.removeAll()
                guard newCounts[index] > 0 else { return }
                var next = UInt32(ends.new[index] - newCounts[index])
                var start = index == 0 ? 0 : ends.codes[index - 1]
                let runs =
                    try dictionaries?[index] ?? dictionaryRuns(column, batch: index, using: state.zstandard)
                for run in runs {
                    let new = newIndices(codes.span.extracting(start..<(start + run.count)), next: &next)
                    run.append(new, to: &state.identifiers)
                    start += run.count
                }
            },
            consume: { state in identifiers.append(contentsOf: state.identifiers) })
        return identifiers
    }
}

extension WindowScan {
    /// All dictionaries by batch if they are small enough to be kept; nil if they are better read again.
    private func smallDictionaries(
        _ column: IdentifierColumn, count: Int, byteCount: Int,
    ) throws -> [[DictionaryRun]]? {
        guard count * MemoryLayout<UInt64>.size <= byteCount else { return nil }
        return try Parallel.map(
            count: batches.count, threadCount: threadCount, makeState: { Zstandard() },
            { zstandard, batch in try dictionaryRuns(column, batch: batch, using: zstandard) })
    }

    /// The dictionaries of the partitions of a batch, one after the other.
    ///
    /// - Throws: `FormatError` if a block is damaged.
    func dictionaryRuns(
        _ column: IdentifierColumn, batch: Int, using zstandard: Zstandard,
    ) throws(FormatError) -> [DictionaryRun] {
        var runs: [DictionaryRun] = []
        for partition in batches[batch] { runs += try partitions[partition].dictionaryRuns(column, using: zstandard) }
        return runs
    }
}

/// For each index its place in the order.
func ranks(of order: [UInt32]) -> [UInt32] {
    var ranks = [UInt32](repeating: 0, count: order.count)
    for (rank, index) in order.enumerated() { ranks[Int(index)] = UInt32(rank) }
    return ranks
}

/// Turns the first position of each id into its number in the order of appearance.
///
/// - Returns: For every batch how many ids appear first in it.
private func numberByAppearance(_ positions: consuming MutableSpan<UInt32>, ends: [Int]) -> [Int] {
    var next: UInt32 = 0
    var start = 0
    return ends.map { end in
        let before = next
        // What a position refers to stands before it, or is the position itself, and so has its number already.
        for index in start..<end {
            let first = Int(positions[index])
            if first == index {
                positions[index] = next
                next &+= 1
            } else {
                positions[index] = positions[first]
            }
        }
        start = end
        return Int(next - before)
    }
}

/// The indices of the codes that appear for the first time: numbers are given in the order of appearance.
private func newIndices(_ codes: Span<UInt32>, next: inout UInt32) -> [Int] {
    var indices: [Int] = []
    for index in codes.indices where codes[index] == next {
        indices.append(index)
        next += 1
    }
    return indices
}

private func replace(_ codes: consuming MutableSpan<UInt32>, through map: Span<UInt32>) {
    for index in codes.indices { codes[index] = map[Int(codes[index])] }
}
