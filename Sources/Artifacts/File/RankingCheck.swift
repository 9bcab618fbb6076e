import Columns

/// Checks that the entries of every row descend by value, and of equal ones ascend by member. Entries come piece by
/// piece.
struct RankingCheck {
    private var row = -1
    /// Entries of the row that are still to come.
    private var remainingCount: UInt32 = 0
    private var member: UInt32 = 0
    private var value: UInt64 = 0

    /// True if the next entries are in order.
    ///
    /// - Parameter rowLengths: Of all rows; their sum is at least the number of all entries so far.
    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    mutating func accepts<Value: ColumnValue>(
        _ members: Span<UInt32>, _ values: Span<Value>, _ rowLengths: Span<UInt32>,
    ) -> Bool {
        var index = 0
        while index < members.count {
            if remainingCount == 0 {
                row += 1
                remainingCount = rowLengths[row]
                // Nothing stands before the first entry of a row.
                (member, value) = (0, .max)
                if remainingCount == 0 { continue }
            }
            let end = min(members.count, index + Int(remainingCount))
            guard isInOrder(members, values, index..<end, after: member, value) else { return false }
            (member, value) = (members[end - 1], UInt64(values[end - 1]))
            remainingCount -= UInt32(end - index)
            index = end
        }
        return true
    }
}

@inline(__always)
private func isInOrder<Value: ColumnValue>(
    _ members: Span<UInt32>, _ values: Span<Value>, _ range: Range<Int>, after member: UInt32, _ value: UInt64,
) -> Bool {
    var (member, value) = (member, value)
    for index in range {
        let next = UInt64(values[index])
        if next > value || next == value && members[index] <= member { return false }
        (member, value) = (members[index], next)
    }
    return true
}
