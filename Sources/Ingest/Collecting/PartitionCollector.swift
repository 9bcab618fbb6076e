import Columns
import Events

/// The events of one partition in the order of arrival, with the ids replaced by codes.
struct PartitionCollector {
    private var users = IdentifierInterner()
    private var sessions = IdentifierInterner()
    private var requests = IdentifierInterner()
    private var items = IdentifierInterner()
    private var columns = ExposureColumns()

    /// Number of events.
    var count: Int { columns.count }

    mutating func append(_ event: borrowing EventTexts) {
        columns.users.codes.append(event.user.isEmpty ? 0 : users.code(for: event.user) + 1)
        columns.sessions.codes.append(sessions.code(for: event.session) + 1)
        columns.requests.codes.append(event.request.isEmpty ? 0 : requests.code(for: event.request) + 1)
        columns.items.codes.append(items.code(for: event.item) + 1)
        columns.nanosecondsOfDay.append(event.timestamp.nanosecondOfDay)
        columns.ranks.append(event.rank)
    }

    /// The events in the order of a partition.
    func finished() -> ExposureColumns {
        var columns = columns
        columns.users.dictionary = users.identifiers
        columns.sessions.dictionary = sessions.identifiers
        columns.requests.dictionary = requests.identifiers
        columns.items.dictionary = items.identifiers
        return columns.inPartitionOrder()
    }
}
