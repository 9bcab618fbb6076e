/// Counts members in a dense array, and remembers which were met so that only these are looked at afterwards.
///
/// One per thread, reused from row to row.
struct MemberCounter {
    private var counts: [UInt32]
    private var touched: [UInt32]
    private var touchedCount = 0
    private var keys: [UInt64]

    init(memberCount: Int) {
        counts = [UInt32](repeating: 0, count: memberCount)
        touched = [UInt32](repeating: 0, count: memberCount)
        keys = [UInt64](repeating: 0, count: memberCount)
    }

    /// Counts every member once.
    mutating func add(_ members: Span<UInt32>) {
        count(members, into: &counts, touched: &touched, &touchedCount)
    }

    /// Appends the best of what was counted since the last call, and forgets all of it.
    ///
    /// - Parameters:
    ///   - excluded: A member to leave out.
    ///   - minimumCount: Members counted less often are left out.
    mutating func drain(
        into slice: inout RankedSlice, limit: Int, minimumCount: UInt32 = 1, excluding excluded: UInt32? = nil,
    ) {
        if let excluded { counts[Int(excluded)] = 0 }
        let total = collect(touched, touchedCount, &counts, max(1, minimumCount), into: &keys)
        touchedCount = 0
        selectSmallest(&keys, total: total, count: limit)
        for index in 0..<min(total, limit) { slice.append(RankingKey(rawValue: keys[index])) }
    }
}

private func count(
    _ members: Span<UInt32>, into counts: inout [UInt32], touched: inout [UInt32], _ touchedCount: inout Int,
) {
    var counts = counts.mutableSpan
    var touched = touched.mutableSpan
    var end = touchedCount
    for index in members.indices {
        let member = members[index]
        let count = counts[Int(member)]
        counts[Int(member)] = count &+ 1
        if count == 0 {
            touched[end] = member
            end &+= 1
        }
    }
    touchedCount = end
}

/// Turns the touched members into ranking keys and sets their counts to zero; returns how many there are.
private func collect(
    _ touched: [UInt32], _ touchedCount: Int, _ counts: inout [UInt32], _ minimumCount: UInt32,
    into keys: inout [UInt64],
) -> Int {
    let touched = touched.span.extracting(0..<touchedCount)
    var counts = counts.mutableSpan
    var keys = keys.mutableSpan
    var total = 0
    for index in touched.indices {
        let member = touched[index]
        let count = counts[Int(member)]
        counts[Int(member)] = 0
        if count >= minimumCount {
            keys[total] = RankingKey(code: member, count: count).rawValue
            total &+= 1
        }
    }
    return total
}
