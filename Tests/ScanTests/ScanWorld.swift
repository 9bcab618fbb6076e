import Columns
import Events
import Partitions
import Platform
import Scan
import SystemPackage
import TestSupport

/// Some days of events, stored, and the window over them.
struct ScanWorld {
    /// The events of each partition in the order of its rows.
    let days: [[Exposure]]
    let folder = TemporaryFolder()

    var store: PartitionStore { PartitionStore(root: folder.path) }

    /// Stores days, the first of them 2024-02-27. Days without events have no partition.
    init(_ days: [[Exposure]]) throws {
        self.days = days.filter { !$0.isEmpty }.map { ExposureColumns($0).exposures }
        for (index, day) in days.enumerated() where !day.isEmpty {
            try store.store(day, as: .fixture(day: ScanWorld.days[index]), seed: UInt64(index))
        }
    }

    /// Random days, whose ids come again from day to day.
    init(_ style: IdentifierStyle, seed: UInt64, counts: [Int] = [50, 150, 250]) throws {
        var generator = SplitMix64(seed: seed)
        try self.init(counts.map { Exposure.random(count: $0, identifiers: style, using: &generator) })
    }

    private static let days = ["2024-02-27", "2024-02-28", "2024-02-29", "2024-03-01"]

    func scan(_ start: String = "2024-02-01", _ end: String = "2024-03-31", threadCount: Int = 2) throws -> WindowScan {
        try WindowScan(
            store: store, surfaceKey: PartitionKey.fixture().surfaceKey, window: .fixture(start, end),
            threadCount: threadCount)
    }
}

extension WindowScan {
    /// A dictionary with memory enough.
    func dictionary(_ column: IdentifierColumn, order: WindowDictionary.Order) throws -> WindowDictionary {
        try dictionary(column, order: order, keyByteCount: 1 << 20)
    }
}

extension Exposure {
    func text(_ column: IdentifierColumn) -> String? {
        switch column {
        case .user: user
        case .session: session
        case .request: request
        case .item: item
        }
    }
}

/// An id as its bytes, since these are what is compared.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
