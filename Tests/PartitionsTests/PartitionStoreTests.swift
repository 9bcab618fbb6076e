import Columns
import Events
import Partitions
import Platform
import SystemPackage
import TestSupport
import Testing

/// The store finds the partitions of a key where they are meant to be, and takes nothing else for one.
@Suite struct PartitionStoreTests {
    private let folder = TemporaryFolder()
    private let zstandard = Zstandard()

    private var store: PartitionStore { PartitionStore(root: folder.path) }

    private func write(_ keys: PartitionKey...) throws {
        let change = store.beginChange()
        for key in keys { try change.replace(key, with: ExposureColumns([Exposure()]), using: zstandard) }
        try change.commit()
    }

    private func days(_ key: PartitionKey, in window: Window? = nil) throws -> [String] {
        try store.days(key.surfaceKey, in: window).map(\.description)
    }

    @Test func pathsSpellTheKey() throws {
        let path = store.path(.fixture(tenant: "é", surface: "..home", day: "0000-01-01"))
        #expect(path == folder.path.appending("é").appending("..home").appending("exposures/0000-01-01.rspart"))
        try write(.fixture(), .fixture(tenant: "cafe\u{301}"), .fixture(tenant: "caf\u{E9}"))
        #expect(folder.fileNames.count == 3, "names that Swift takes for equal are two folders")
        #expect(folder.fileNames.contains("demo/home/exposures/2024-02-29.rspart"))
    }

    @Test func noTenantLeavesTheRoot() throws {
        for name in ["...", "..x", " ", "~", "$HOME", "C:", "a:b", "*"] {
            let path = store.path(.fixture(tenant: name, surface: name))
            #expect(path.starts(with: folder.path))
            #expect(path.lexicallyNormalized().components.count == folder.path.components.count + 4)
        }
    }

    @Test func daysAreAscendingAndOfOneSurface() throws {
        let texts = ["2024-03-01", "2023-12-31", "2024-02-29", "9999-12-31", "0000-01-01"]
        for day in texts { try write(.fixture(day: day)) }
        try write(.fixture(surface: "other", day: "2024-01-01"), .fixture(tenant: "other", day: "2024-01-02"))
        #expect(try days(.fixture()) == texts.sorted())
        let start = try #require(Day("2024-02-29"))
        let end = try #require(Day("2024-03-01"))
        #expect(try days(.fixture(), in: Window(start: start, end: end)) == ["2024-02-29", "2024-03-01"])
        #expect(try days(.fixture(), in: Window(try #require(Day("2024-03-02")))).isEmpty)
    }

    @Test func aSurfaceThatIsNotThereHasNoDays() throws {
        #expect(try days(.fixture()).isEmpty)
        #expect(folder.fileNames.isEmpty)
    }

    @Test func strangersAndUnfinishedFilesAreNoDays() throws {
        try write(.fixture())
        let exposures = store.path(.fixture()).removingLastComponent()
        let names = [
            ".tmp-1-2-2024-03-01.rspart", "2024-03-01", "2024-03-01.rspart.bak", "2024-03-01.RSPART", "2024-3-1.rspart",
            "2024-02-30.rspart", "x2024-03-01.rspart", "2024-03-01x.rspart", ".rspart", "rspart", "2024-03-01.rsart",
            "2024-03-01\u{301}.rspart", "2024-03-0１.rspart",
        ]
        let content: [UInt8] = [1]
        for name in names { try AtomicFile.write(content.rawSpan, to: exposures.appending(name)) }
        #expect(try days(.fixture()) == ["2024-02-29"])
    }

    @Test func whatIsNotThereIsNotFound() throws {
        let error = #expect(throws: StorageError.self) { try store.open(.fixture()) }
        #expect(error?.kind == .notFound)
    }

    @Test func anOpenedPartitionIsThatOfTheKey() throws {
        try write(.fixture())
        let reader = try store.open(.fixture())
        #expect(reader.statistics.key == .fixture())
        #expect(try reader.columns(using: zstandard).exposures == [Exposure()])
    }

    @Test(arguments: [
        PartitionKey.fixture(tenant: "other"), .fixture(surface: "other"), .fixture(day: "2024-03-01"),
        .fixture(tenant: "home", surface: "demo"),
    ])
    func aFileInTheWrongPlaceIsRefused(other: PartitionKey) throws {
        try write(.fixture())
        let bytes = try File.read(store.path(.fixture()))
        try AtomicFile.write(bytes.rawSpan, to: store.path(other))
        let error = #expect(throws: FormatError.self) { try store.open(other) }
        #expect(error?.code == .mismatched)
        #expect(error?.kind == .corruption)
        #expect(error?.detail == "holds the events of demo/home/2024-02-29, not of \(other)")
    }

    @Test func aDamagedFileIsRefused() throws {
        try write(.fixture())
        let path = store.path(.fixture())
        let bytes = try File.read(path)
        let damaged = Array(bytes.dropLast())
        try AtomicFile.write(damaged.rawSpan, to: path)
        let error = #expect(throws: FormatError.self) { try store.open(.fixture()) }
        #expect(error?.code == .corrupt)
        #expect(error?.path == path)
        let nothing: [UInt8] = []
        try AtomicFile.write(nothing.rawSpan, to: path)
        let empty = #expect(throws: FormatError.self) { try store.open(.fixture()) }
        #expect(empty?.code == .notRecognised)
    }
}
