package import Columns
package import Events
package import Partitions
import Platform

/// The partitions of a tenant and surface in a window, opened, with their footers checked.
package struct WindowScan: Sendable {
    package let surfaceKey: SurfaceKey
    package let window: Window
    /// The partitions there are, by day; a day without events has none.
    package let partitions: [PartitionReader]
    package let threadCount: Int
    /// The partitions in groups of consecutive ones, each worth a thread's while: days may be small.
    let batches: [Range<Int>]

    /// - Throws: `FormatError` if a partition is damaged; `StorageError`.
    package init(store: PartitionStore, surfaceKey: SurfaceKey, window: Window, threadCount: Int) throws {
        self.surfaceKey = surfaceKey
        self.window = window
        self.threadCount = threadCount
        let days = try store.days(surfaceKey, in: window)
        partitions = try Parallel.map(count: days.count, threadCount: threadCount) { index in
            try store.open(PartitionKey(surfaceKey, days[index]))
        }
        let rowCounts = partitions.map { UInt32(clamping: $0.rowCount) }
        let rowCount = partitions.reduce(0) { $0 + $1.rowCount }
        batches = BalancedRanges.cut(
            rowCounts, in: rowCounts.indices,
            pieceCount: max(threadCount * WindowScan.batchesPerThread, rowCount / WindowScan.batchRowCount))
    }

    private static let batchesPerThread = 8
    private static let batchRowCount = 1 << 18

    /// Number of events.
    package var rowCount: Int { partitions.reduce(0) { $0 + $1.rowCount } }
}
