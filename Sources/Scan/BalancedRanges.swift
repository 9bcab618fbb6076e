/// Ranges of rows that are about equally much work.
package enum BalancedRanges {
    /// Cuts the rows `0..<work.count` into at most `pieceCount` ranges, none of them empty.
    ///
    /// - Parameter work: How much work each row is.
    package static func cut(_ work: [UInt32], pieceCount: Int) -> [Range<Int>] {
        let total = max(1, work.reduce(0) { $0 + Int($1) })
        var ranges: [Range<Int>] = []
        var (start, done) = (0, 0)
        for (row, rowWork) in work.enumerated() {
            done += Int(rowWork)
            let isFull = ranges.count < pieceCount - 1 && done * pieceCount >= total * (ranges.count + 1)
            guard isFull || row == work.count - 1 else { continue }
            ranges.append(start..<(row + 1))
            start = row + 1
        }
        return ranges
    }
}
