/// What decides where a row stands in a partition.
struct RowKey {
    let user: UInt32
    let session: UInt32
    let nanosecondOfDay: UInt64
    let arrival: UInt32

    /// A number that does not contradict the order of rows: the user and, without its last bits, the time. Among rows
    /// without a user it is the session that decides first.
    var number: UInt64 {
        user == 0 ? 0 : UInt64(user) << 32 | nanosecondOfDay >> 15
    }
}

/// The order of the rows of a partition, over the codes of the unions.
struct RowOrder {
    /// The sessions' ids, in whose order the events without a user stand.
    let sessions: IdentifierTexts

    /// True if `left` must stand before `right`.
    func isBefore(_ left: RowKey, _ right: RowKey) -> Bool {
        let order = compareIgnoringArrival(left, right)
        return order != 0 ? order < 0 : left.arrival < right.arrival
    }

    /// Less than, equal to or greater than zero as `left` stands before, with or after `right`, arrival aside.
    func compareIgnoringArrival(_ left: RowKey, _ right: RowKey) -> Int {
        if left.user != right.user { return left.user < right.user ? -1 : 1 }
        if left.user == 0, left.session != right.session {
            return sessions.compare(Int(left.session) - 1, Int(right.session) - 1)
        }
        if left.nanosecondOfDay == right.nanosecondOfDay { return 0 }
        return left.nanosecondOfDay < right.nanosecondOfDay ? -1 : 1
    }
}
