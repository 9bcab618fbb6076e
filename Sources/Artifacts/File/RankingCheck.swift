import Columns

/// Checks that the entries of every row descend by value, and of equal ones ascend by member. Entries come piece by
/// piece.
struct RankingCheck {
    private var member: UInt32 = 0
    private var value: UInt64 = 0

    /// The index of the first entry that may not stand after the one before it; nil if there is none.
    ///
    /// - Parameter rows: Of just these entries.
    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    mutating func firstMisplaced<Value: ColumnValue>(
        _ members: Span<UInt32>, _ values: Span<Value>, _ rows: RowCuts.Rows,
    ) -> Int? {
        var start = 0
        for (index, length) in rows.lengths.enumerated() {
            // Nothing stands before the first entry of a row.
            if index > 0 || !rows.continuesRow { (member, value) = (0, .max) }
            let end = start + Int(length)
            if let misplaced = misplacedIndex(members, values, start..<end, after: member, value) { return misplaced }
            (member, value) = (members[end - 1], UInt64(values[end - 1]))
            start = end
        }
        return nil
    }
}

@inline(__always)
private func misplacedIndex<Value: ColumnValue>(
    _ members: Span<UInt32>, _ values: Span<Value>, _ range: Range<Int>, after member: UInt32, _ value: UInt64,
) -> Int? {
    var (member, value) = (member, value)
    for index in range {
        let next = UInt64(values[index])
        if next > value || next == value && members[index] <= member { return index }
        (member, value) = (members[index], next)
    }
    return nil
}
