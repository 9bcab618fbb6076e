import Columns
import Events
import Partitions
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Scan

/// A window of partitions reads like one table whose codes mean the same on every day.
@Suite struct WindowScanTests {
    private let folder = TemporaryFolder()
    private static let days = ["2024-02-27", "2024-02-29", "2024-03-01"]

    private var store: PartitionStore { PartitionStore(root: folder.path) }

    /// Stores random days, and says what is stored.
    private func fill(_ style: IdentifierStyle) throws -> [[Exposure]] {
        var generator = SplitMix64(seed: 21)
        return try WindowScanTests.days.enumerated().map { index, day in
            let exposures = Exposure.random(count: 50 + index * 100, identifiers: style, using: &generator)
            try store.store(exposures, as: .fixture(day: day), seed: UInt64(index))
            return ExposureColumns(exposures).exposures
        }
    }

    private func scan(_ start: String = "2024-02-01", _ end: String = "2024-03-31", threadCount: Int = 2) throws
        -> WindowScan
    {
        try WindowScan(
            store: store, surfaceKey: PartitionKey.fixture().surfaceKey, window: .fixture(start, end),
            threadCount: threadCount)
    }

    private func text(_ exposure: Exposure, _ column: IdentifierColumn) -> String? {
        switch column {
        case .user: exposure.user
        case .session: exposure.session
        case .request: exposure.request
        case .item: exposure.item
        }
    }

    @Test(arguments: IdentifierStyle.allCases)
    func columnsHoldTheIdsOfTheEvents(style: IdentifierStyle) throws {
        let days = try fill(style)
        for threadCount in [1, 2, 7] {
            let scan = try scan(threadCount: threadCount)
            #expect(scan.rowCount == 450)
            for column in IdentifierColumn.allCases {
                let expected = days.map { $0.map { text($0, column).map { Array($0.utf8) } } }
                for order in [WindowColumn.Order.bytes, .appearance] {
                    let window = try scan.column(column, order: order)
                    let texts = window.codes.map { codes in
                        codes.map { $0 == 0 ? nil : Array(window.identifiers.string(at: Int($0) - 1).utf8) }
                    }
                    #expect(texts == expected)
                    #expect(window.identifiers.count == Set(expected.joined().compactMap { $0 }).count)
                    if order == .bytes { #expect(window.identifiers.isStrictlyAscending) }
                }
            }
        }
    }

    @Test func aWindowHasItsDaysAlone() throws {
        let days = try fill(.text)
        #expect(try scan("2024-02-28", "2024-02-29").rowCount == days[1].count)
        #expect(try scan("2024-02-27", "2024-02-29").partitions.map(\.rowCount) == [50, 150])
        let empty = try scan("2024-02-28", "2024-02-28")
        #expect(empty.rowCount == 0)
        let column = try empty.column(.item, order: .bytes)
        #expect(column.identifiers.isEmpty && column.codes.isEmpty)
    }

    @Test func aDamagedDayIsRefused() throws {
        _ = try fill(.decimal)
        let path = store.path(.fixture(day: "2024-02-29"))
        var bytes = try File.read(path)
        bytes[40] ^= 8
        try AtomicFile.write(bytes.rawSpan, to: path)
        let error = #expect(throws: FormatError.self) {
            for column in IdentifierColumn.allCases { _ = try scan().column(column, order: .bytes) }
        }
        #expect(error?.path == path)
    }
}
