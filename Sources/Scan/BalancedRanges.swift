/// Ranges of rows that are about equally much work.
package enum BalancedRanges {
    /// Cuts `rows` into at most `pieceCount` ranges, none of them empty.
    ///
    /// - Parameter work: How much work each row is.
    package static func cut(_ work: [UInt32], in rows: Range<Int>, pieceCount: Int) -> [Range<Int>] {
        let total = max(1, work[rows].reduce(0) { $0 + Int($1) })
        var ranges: [Range<Int>] = []
        var (start, done) = (rows.lowerBound, 0)
        for row in rows {
            done += Int(work[row])
            let isFull = ranges.count < pieceCount - 1 && done * pieceCount >= total * (ranges.count + 1)
            guard isFull || row == rows.upperBound - 1 else { continue }
            ranges.append(start..<(row + 1))
            start = row + 1
        }
        return ranges
    }
}
