import Columns
import Partitions
import Platform
import TestSupport
import Testing

@testable import Scan

/// A window has the partitions of its days.
@Suite struct WindowScanTests {
    @Test func aWindowHasItsDaysAlone() throws {
        let world = try ScanWorld(.text, seed: 21)
        #expect(try world.scan().rowCount == 450)
        #expect(try world.scan("2024-02-28", "2024-02-28").rowCount == 150)
        #expect(try world.scan("2024-02-27", "2024-02-28").partitions.map(\.rowCount) == [50, 150])
        let empty = try world.scan("2024-03-02", "2024-03-03")
        #expect(empty.rowCount == 0)
        let items = try empty.dictionary(.item, order: .bytes)
        #expect(items.count == 0 && items.identifiers.isEmpty)
        let sessions = try empty.dictionary(.session, order: .appearance)
        let baskets = try empty.baskets(items: items, sessions: sessions, maximumItemCount: 1, policy: .fail)
        #expect(baskets.count == 0 && baskets.words.isEmpty)
        #expect(try baskets.sessionCounts(itemCount: 0, threadCount: 2).isEmpty)
    }

    @Test func aDamagedDayIsRefused() throws {
        let world = try ScanWorld(.decimal, seed: 21)
        let path = world.store.path(.fixture(day: "2024-02-28"))
        var bytes = try File.read(path)
        bytes[40] ^= 8
        try AtomicFile.write(bytes.rawSpan, to: path)
        let error = #expect(throws: FormatError.self) {
            for column in IdentifierColumn.allCases { _ = try world.scan().dictionary(column, order: .bytes) }
            _ = try UserRows(world.scan(), world.scan().dictionary(.user, order: .bytes))
        }
        #expect(error?.path == path)
    }
}
