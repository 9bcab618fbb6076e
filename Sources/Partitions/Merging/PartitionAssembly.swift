import Columns
import Platform
import SystemPackage

/// Encodes the rows of a partition, which come piece by piece in their final order, and puts the file together.
struct PartitionAssembly {
    private let layout: PartitionLayout
    private let spool: BlockSpool
    private let unions: [IdentifierColumn: DictionaryUnion]
    private var users: IdentifierSpool
    private var sessions: IdentifierSpool
    private var requests: IdentifierSpool
    private var items: IdentifierSpool
    private var times: ColumnSpool<UInt64>
    private var ranks: ColumnSpool<UInt32>
    private var arrivals: ColumnSpool<UInt32>
    private var timeRange: ClosedRange<UInt64>?
    private(set) var rowCount = 0

    /// - Parameter unions: One for every column, whose blocks are in `spool`.
    init(
        _ unions: [IdentifierColumn: DictionaryUnion], _ layout: PartitionLayout, to spool: BlockSpool,
        in folder: FilePath, using zstandard: Zstandard,
    ) {
        self.layout = layout
        self.spool = spool
        self.unions = unions
        let identifiers = { (column: IdentifierColumn) in
            guard let union = unions[column] else { preconditionFailure("there is a union for every column") }
            return IdentifierSpool(column, union, layout, to: spool, in: folder, using: zstandard)
        }
        users = identifiers(.user)
        sessions = identifiers(.session)
        requests = identifiers(.request)
        items = identifiers(.item)
        times = ColumnSpool(.timeOfDay, layout, to: spool, using: zstandard)
        ranks = ColumnSpool(.rank, layout, to: spool, using: zstandard)
        arrivals = ColumnSpool(.arrival, layout, to: spool, using: zstandard)
    }

    /// Adds rows of a batch, at least one, at the end.
    mutating func append(_ batch: MergeBatch, _ rows: Range<Int>) throws(StorageError) {
        try users.append(batch.users[rows])
        try sessions.append(batch.sessions[rows])
        try requests.append(batch.requests[rows])
        try items.append(batch.items[rows])
        try times.append(batch.nanosecondsOfDay[rows])
        try ranks.append(batch.ranks[rows])
        if layout.keepsArrivals { try arrivals.append(batch.arrivals[rows]) }
        for row in rows { note(batch.nanosecondsOfDay[row]) }
        rowCount += rows.count
    }

    /// Hands the pieces of the file to `write`, in order.
    mutating func finish(
        _ key: PartitionKey, to write: (borrowing RawSpan) throws(StorageError) -> Void,
    ) throws(StorageError) {
        try times.finish()
        try ranks.finish()
        try arrivals.finish()
        let statistics = PartitionStatistics(
            key: key, rowCount: rowCount, times: timeRange ?? 0...0, distinctCount: { unions[$0]?.count ?? 0 })
        let blocks =
            try users.finish() + times.blocks + sessions.finish() + requests.finish() + items.finish()
            + ranks.blocks + arrivals.blocks
        try spool.write(blocks, format: PartitionFormat.file, metadata: statistics.encoded, to: write)
    }

    private mutating func note(_ time: UInt64) {
        guard let range = timeRange else { return timeRange = time...time }
        if time < range.lowerBound || time > range.upperBound {
            timeRange = min(time, range.lowerBound)...max(time, range.upperBound)
        }
    }
}
