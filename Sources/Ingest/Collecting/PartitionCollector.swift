import Columns
import Events

/// The events of one partition that one thread has met, in the order of arrival, with the ids replaced by codes.
struct PartitionCollector {
    /// What events that were shown together have in common. They come one after the other, so that most events cost no
    /// more memory than a `Row`.
    private struct Showing {
        let user: UInt32
        let session: UInt32
        let request: UInt32
        // Nanoseconds of the day as halves, which need no padding.
        private let upperTime: UInt32
        private let lowerTime: UInt32
        /// The first of its rows; they end where the next showing begins.
        let firstRow: UInt32

        init(user: UInt32, session: UInt32, request: UInt32, nanosecondOfDay: UInt64, firstRow: Int) {
            self.user = user
            self.session = session
            self.request = request
            upperTime = UInt32(truncatingIfNeeded: nanosecondOfDay >> 32)
            lowerTime = UInt32(truncatingIfNeeded: nanosecondOfDay)
            self.firstRow = UInt32(firstRow)
        }

        var nanosecondOfDay: UInt64 { UInt64(upperTime) << 32 | UInt64(lowerTime) }

        /// True if the rows of the other one may stand with the rows of this one.
        func isShared(by other: Showing) -> Bool {
            user == other.user && session == other.session && request == other.request
                && upperTime == other.upperTime && lowerTime == other.lowerTime
        }
    }

    /// What an event has of its own.
    private struct Row {
        let item: UInt32
        let rank: UInt32
    }

    private var users = IdentifierInterner()
    private var sessions = IdentifierInterner()
    private var requests = IdentifierInterner()
    private var items = IdentifierInterner()
    private var rows: [Row] = []
    private var showings: [Showing] = []
    /// The last of the showings. At first there is none, and no event has session 0.
    private var latest = Showing(user: 0, session: 0, request: 0, nanosecondOfDay: 0, firstRow: 0)
    /// The number of each chunk that had events, and the first of their rows.
    private var chunks: [(sequence: Int, start: Int)] = []
    private var latestSequence = -1

    mutating func append(_ event: borrowing EventTexts, ofChunk sequence: Int) {
        if sequence != latestSequence {
            chunks.append((sequence, rows.count))
            latestSequence = sequence
        }
        let showing = Showing(
            user: event.user.isEmpty ? 0 : users.code(for: event.user) &+ 1,
            session: sessions.code(for: event.session) &+ 1,
            request: event.request.isEmpty ? 0 : requests.code(for: event.request) &+ 1,
            nanosecondOfDay: event.timestamp.nanosecondOfDay, firstRow: rows.count)
        if !latest.isShared(by: showing) {
            showings.append(showing)
            latest = showing
        }
        rows.append(Row(item: items.code(for: event.item) &+ 1, rank: event.rank))
    }

    /// Begins to fetch what a later `append` of an event with this item looks at first.
    ///
    /// Mutating, for else the collector is copied out of its array to be asked.
    mutating func prefetchSlot(ofItem item: Span<UInt8>) {
        if items.isLarge { items.prefetchSlot(of: item) }
    }

    /// About how much memory the events take.
    var byteCount: Int {
        rows.capacity * MemoryLayout<Row>.stride + showings.capacity * MemoryLayout<Showing>.stride
            + users.byteCount + sessions.byteCount + requests.byteCount + items.byteCount
    }

    /// About how much more memory they take for a while when they are brought in order and encoded: as columns of 28
    /// bytes a row, as they arrived and in order, and with their dictionaries in order.
    var orderingByteCount: Int {
        rows.count * 28 * 2 + users.byteCount + sessions.byteCount + requests.byteCount + items.byteCount
    }

    /// The events that several threads have met, in the order of a partition.
    ///
    /// - Parameter withArrivals: True to tell of each in which chunk it came.
    static func columns(of collectors: [PartitionCollector], withArrivals: Bool = false) -> ExposureColumns {
        let parts = collectors.map { collector in
            var columns = collector.columns
            if withArrivals { columns.arrivals = collector.arrivals }
            return columns
        }
        guard parts.count > 1 else { return parts.first?.inPartitionOrder() ?? ExposureColumns() }
        let pieces = collectors.enumerated().flatMap { part, collector in
            zip(collector.chunks, collector.chunks.dropFirst().map(\.start) + [collector.rows.count])
                .map { (sequence: $0.sequence, piece: RowPiece(part: part, rows: $0.start..<$1)) }
        }
        let inOrder = pieces.sorted { $0.sequence < $1.sequence }.map(\.piece)
        return ExposureColumns.gathering(inOrder, of: parts).inPartitionOrder()
    }

    /// The events with the dictionaries of their ids, in the order of arrival.
    private var columns: ExposureColumns {
        ExposureColumns(
            users: CodedColumn(dictionary: users.identifiers, codes: perRow { $0.user }),
            sessions: CodedColumn(dictionary: sessions.identifiers, codes: perRow { $0.session }),
            requests: CodedColumn(dictionary: requests.identifiers, codes: perRow { $0.request }),
            items: CodedColumn(dictionary: items.identifiers, codes: rows.map { $0.item }),
            nanosecondsOfDay: perRow { $0.nanosecondOfDay }, ranks: rows.map { $0.rank })
    }

    /// What `field` says of the showing of every row.
    private func perRow<Value: FixedWidthInteger>(_ field: (Showing) -> Value) -> [Value] {
        var values = [Value](repeating: 0, count: rows.count)
        var target = values.mutableSpan
        for index in showings.indices {
            let value = field(showings[index])
            let end = index + 1 < showings.count ? Int(showings[index + 1].firstRow) : rows.count
            for row in Int(showings[index].firstRow)..<end { target[row] = value }
        }
        return values
    }

    /// Per event the number of the chunk that it came in.
    private var arrivals: [UInt32] {
        let ends = chunks.dropFirst().map(\.start) + [rows.count]
        var arrivals: [UInt32] = []
        arrivals.reserveCapacity(rows.count)
        for (chunk, end) in zip(chunks, ends) {
            arrivals.append(contentsOf: repeatElement(UInt32(chunk.sequence), count: end - chunk.start))
        }
        return arrivals
    }
}
