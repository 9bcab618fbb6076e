package import Events
import Platform

/// The events of one tenant, surface and UTC day as columns. All columns have one value a row.
///
/// Rows stand in the order of the users' ids (events without a user come first, in the order of their sessions' ids),
/// then in time order, then in the order of arrival.
package struct ExposureColumns: Sendable, Equatable {
    /// The distinct users, in ascending order of their bytes; per row 0 for no user or the user's place from 1.
    package var users: CodedColumn
    package var sessions: CodedColumn
    package var requests: CodedColumn
    package var items: CodedColumn
    /// Nanoseconds since 00:00 UTC of the day.
    package var nanosecondsOfDay: [UInt64]
    /// Per row 0 for no rank, else the rank plus 1.
    package var ranks: [UInt32]
    /// Per row the number of the piece of input that it came in, which ascends with arrival; empty where nobody is to
    /// know, as in every partition that is stored.
    package var arrivals: [UInt32] = []

    package init(
        users: CodedColumn = CodedColumn(), sessions: CodedColumn = CodedColumn(),
        requests: CodedColumn = CodedColumn(), items: CodedColumn = CodedColumn(),
        nanosecondsOfDay: [UInt64] = [], ranks: [UInt32] = [],
    ) {
        self.users = users
        self.sessions = sessions
        self.requests = requests
        self.items = items
        self.nanosecondsOfDay = nanosecondsOfDay
        self.ranks = ranks
    }

    /// Number of events.
    package var count: Int { nanosecondsOfDay.count }

    /// True if row `row`, which is not the first, may stand after the one before it.
    package func isInOrder(at row: Int) -> Bool {
        let user = users.codes[row]
        if users.codes[row - 1] != user { return users.codes[row - 1] < user }
        let (before, after) = (sessions.codes[row - 1], sessions.codes[row])
        if user == 0 && before != after {
            return ByteStrings.compare(sessions.dictionary[Int(before) - 1], sessions.dictionary[Int(after) - 1]) < 0
        }
        return nanosecondsOfDay[row - 1] <= nanosecondsOfDay[row]
    }

    /// The column of ids.
    package subscript(column: IdentifierColumn) -> CodedColumn {
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
}

/// Whose events they are and of which day.
package struct PartitionKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let surfaceKey: SurfaceKey
    package let day: Day

    package init(_ surfaceKey: SurfaceKey, _ day: Day) {
        self.surfaceKey = surfaceKey
        self.day = day
    }

    /// `tenant/surface/YYYY-MM-DD`.
    package var description: String { "\(surfaceKey)/\(day)" }

    package static func < (left: PartitionKey, right: PartitionKey) -> Bool {
        (left.surfaceKey, left.day) < (right.surfaceKey, right.day)
    }
}
