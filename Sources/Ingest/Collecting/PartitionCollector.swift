import Columns
import Events

/// The events of one partition that one thread has met, in the order of arrival, with the ids replaced by codes.
struct PartitionCollector {
    private var users = IdentifierInterner()
    private var sessions = IdentifierInterner()
    private var requests = IdentifierInterner()
    private var items = IdentifierInterner()
    private var columns = ExposureColumns()
    /// The number of each chunk that had events, and the first of their rows.
    private var chunks: [(sequence: Int, start: Int)] = []

    mutating func append(_ event: borrowing EventTexts, ofChunk sequence: Int) {
        if chunks.last?.sequence != sequence { chunks.append((sequence, columns.count)) }
        columns.users.codes.append(event.user.isEmpty ? 0 : users.code(for: event.user) + 1)
        columns.sessions.codes.append(sessions.code(for: event.session) + 1)
        columns.requests.codes.append(event.request.isEmpty ? 0 : requests.code(for: event.request) + 1)
        columns.items.codes.append(items.code(for: event.item) + 1)
        columns.nanosecondsOfDay.append(event.timestamp.nanosecondOfDay)
        columns.ranks.append(event.rank)
    }

    /// About how much memory the events take.
    var byteCount: Int {
        columns.nanosecondsOfDay.capacity * 28 + users.byteCount + sessions.byteCount + requests.byteCount
            + items.byteCount
    }

    /// The events that several threads have met, in the order of a partition.
    ///
    /// - Parameter withArrivals: True to tell of each in which chunk it came.
    static func columns(of collectors: [PartitionCollector], withArrivals: Bool = false) -> ExposureColumns {
        let parts = collectors.map { $0.coded(withArrivals: withArrivals) }
        guard parts.count > 1 else { return parts.first?.inPartitionOrder() ?? ExposureColumns() }
        let pieces = collectors.enumerated().flatMap { part, collector in
            zip(collector.chunks, collector.chunks.dropFirst().map(\.start) + [collector.columns.count])
                .map { (sequence: $0.sequence, piece: RowPiece(part: part, rows: $0.start..<$1)) }
        }
        let inOrder = pieces.sorted { $0.sequence < $1.sequence }.map(\.piece)
        return ExposureColumns.gathering(inOrder, of: parts).inPartitionOrder()
    }

    /// The events with the dictionaries of their ids, in the order of arrival.
    private func coded(withArrivals: Bool) -> ExposureColumns {
        var columns = columns
        if withArrivals { columns.arrivals = arrivals }
        columns.users.dictionary = users.identifiers
        columns.sessions.dictionary = sessions.identifiers
        columns.requests.dictionary = requests.identifiers
        columns.items.dictionary = items.identifiers
        return columns
    }

    /// Per event the number of the chunk that it came in.
    private var arrivals: [UInt32] {
        let ends = chunks.dropFirst().map(\.start) + [columns.count]
        var arrivals: [UInt32] = []
        arrivals.reserveCapacity(columns.count)
        for (chunk, end) in zip(chunks, ends) {
            arrivals.append(contentsOf: repeatElement(UInt32(chunk.sequence), count: end - chunk.start))
        }
        return arrivals
    }
}
