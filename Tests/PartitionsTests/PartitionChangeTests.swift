import Columns
import Events
import Partitions
import Platform
import SystemPackage
import TestSupport
import Testing

/// A change takes effect as a whole when it is committed; before, and without that, nothing has changed.
@Suite struct PartitionChangeTests {
    private let folder = TemporaryFolder()
    private let zstandard = Zstandard()
    private let days: [PartitionKey] = [.fixture(day: "2024-02-28"), .fixture(), .fixture(day: "2024-03-01")]

    private var store: PartitionStore { PartitionStore(root: folder.path) }

    /// Stores one event with this item under each key.
    private func store(_ item: String, _ keys: [PartitionKey]) throws {
        let change = store.beginChange()
        for key in keys { try change.replace(key, with: columns(item), using: zstandard) }
        try change.commit()
    }

    private func columns(_ item: String) -> ExposureColumns { ExposureColumns([Exposure(item: item)]) }

    /// The item that each key has; nil where there is no partition.
    private func items() throws -> [String?] {
        try days.map { key in
            guard try File.exists(store.path(key)) else { return nil }
            return try store.open(key).columns(using: zstandard).exposures.first?.item
        }
    }

    @Test func nothingChangesBeforeTheCommit() throws {
        try store("old", Array(days.prefix(2)))
        let change = store.beginChange()
        try change.replace(days[0], with: columns("new"), using: zstandard)
        change.remove(days[1])
        try change.replace(days[2], with: columns("new"), using: zstandard)
        #expect(try items() == ["old", "old", nil])
        #expect(try store.days(days[0].surfaceKey).count == 2)
        try change.commit()
        #expect(try items() == ["new", nil, "new"])
        #expect(folder.fileNames.count == 2)
    }

    @Test func aDroppedChangeLeavesAllAsItWas() throws {
        try store("old", Array(days.prefix(2)))
        let before = folder.fileNames
        do {
            let change = store.beginChange()
            for key in days { try change.replace(key, with: columns("new"), using: zstandard) }
            change.remove(days[1])
            #expect(folder.fileNames.count > before.count)
        }
        #expect(folder.fileNames == before)
        #expect(try items() == ["old", "old", nil])
    }

    @Test func equalBytesKeepTheFile() throws {
        try store("old", days)
        let name = "demo/home/exposures/2024-02-29.rspart"
        let before = try folder.inode(of: name)
        try store("old", days)
        #expect(try folder.inode(of: name) == before)
        try store("new", days)
        #expect(try folder.inode(of: name) != before)
        #expect(try items() == ["new", "new", "new"])
    }

    @Test func theDigestIsThatOfTheFile() throws {
        let change = store.beginChange()
        let result = try change.replace(days[0], with: columns("new"), using: zstandard)
        try change.commit()
        let bytes = try File.read(store.path(days[0]))
        #expect(result.digest == SHA256Digest(of: bytes.rawSpan))
        #expect(result.byteCount == bytes.count)
        // Also where the file was there already.
        let again = try store.beginChange().replace(days[0], with: columns("new"), using: zstandard)
        #expect(again.digest == result.digest)
    }

    @Test func aReaderKeepsThePartitionThatItOpened() throws {
        try store("old", days)
        let reader = try store.open(days[0])
        try store("new", days)
        #expect(try reader.columns(using: zstandard).exposures.map(\.item) == ["old"])
        #expect(try items() == ["new", "new", "new"])
    }

    @Test func removingADayThatIsNotThereIsNoError() throws {
        let change = store.beginChange()
        for key in days { change.remove(key) }
        try change.commit()
        #expect(folder.fileNames.isEmpty)
        try store("old", [days[0]])
        let second = store.beginChange()
        for key in days { second.remove(key) }
        try second.commit()
        #expect(try items() == [nil, nil, nil])
    }

    @Test func manyThreadsPrepareOneChange() throws {
        let change = store.beginChange()
        let key = days[0].surfaceKey
        let start = days[0].day
        let columns = columns("new")
        _ = try Parallel.map(count: 30, threadCount: 7, makeState: { Zstandard() }) { zstandard, index in
            guard let day = start.advanced(by: index) else { return }
            try change.replace(PartitionKey(key, day), with: columns, using: zstandard)
        }
        #expect(try store.days(key).isEmpty)
        try change.commit()
        #expect(try store.days(key).count == 30)
    }
}
