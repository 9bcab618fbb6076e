import Columns

/// Some rows of a file that is merged. The codes of ids are those of the unions.
struct MergeBatch {
    var users: [UInt32] = []
    var sessions: [UInt32] = []
    var requests: [UInt32] = []
    var items: [UInt32] = []
    var nanosecondsOfDay: [UInt64] = []
    var ranks: [UInt32] = []
    /// 0 in all rows of a file of the store.
    var arrivals: [UInt32] = []

    var count: Int { nanosecondsOfDay.count }

    /// The codes of a column of ids.
    subscript(column: IdentifierColumn) -> [UInt32] {
        get {
            switch column {
            case .user: users
            case .session: sessions
            case .request: requests
            case .item: items
            }
        }
        set {
            switch column {
            case .user: users = newValue
            case .session: sessions = newValue
            case .request: requests = newValue
            case .item: items = newValue
            }
        }
    }

    /// What decides where the row stands.
    func key(_ row: Int) -> RowKey {
        RowKey(
            user: users[row], session: sessions[row], nanosecondOfDay: nanosecondsOfDay[row], arrival: arrivals[row])
    }
}

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
