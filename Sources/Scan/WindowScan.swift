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

    /// - Throws: `FormatError` if a partition is damaged; `StorageError`.
    package init(store: PartitionStore, surfaceKey: SurfaceKey, window: Window, threadCount: Int) throws {
        self.surfaceKey = surfaceKey
        self.window = window
        self.threadCount = threadCount
        let days = try store.days(surfaceKey, in: window)
        partitions = try Parallel.map(count: days.count, threadCount: threadCount) { index in
            try store.open(PartitionKey(surfaceKey, days[index]))
        }
    }

    /// Number of events.
    package var rowCount: Int { partitions.reduce(0) { $0 + $1.rowCount } }

    /// A column of the window.
    ///
    /// - Throws: `FormatError` if a block of it is damaged.
    package func column(_ column: IdentifierColumn, order: WindowColumn.Order) throws -> WindowColumn {
        let local = try Parallel.map(
            count: partitions.count, threadCount: threadCount, makeState: { Zstandard() },
            { zstandard, index in try partitions[index].column(column, using: zstandard) })
        let (identifiers, codeMaps) = WindowDictionary.unite(local.map(\.dictionary), order: order)
        let codes = try Parallel.map(count: local.count, threadCount: threadCount) { index in
            translate(local[index].codes, through: codeMaps[index])
        }
        return WindowColumn(identifiers: identifiers, codes: codes)
    }
}

/// A column of ids over a window: per partition and row a code that means the same on every day.
package struct WindowColumn: Sendable {
    /// In which order the ids of a window are numbered.
    package enum Order: Sendable {
        /// By their bytes, so that comparing codes compares ids.
        case bytes
        /// As they come: for ids that nobody will read.
        case appearance
    }

    /// The distinct ids of the window, in the order asked for.
    package let identifiers: IdentifierList
    /// Per partition, per row: 0 where there is no id, else the index in `identifiers` plus 1.
    package let codes: [[UInt32]]

    package init(identifiers: IdentifierList, codes: [[UInt32]]) {
        self.identifiers = identifiers
        self.codes = codes
    }
}

private func translate(_ codes: [UInt32], through map: [UInt32]) -> [UInt32] {
    let (source, map) = (codes.span, map.span)
    var result = [UInt32](repeating: 0, count: codes.count)
    var target = result.mutableSpan
    for index in source.indices { target[index] = map[Int(source[index])] }
    return result
}
