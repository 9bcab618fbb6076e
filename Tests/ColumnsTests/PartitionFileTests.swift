import Events
import Platform
import TestSupport
import Testing

@testable import Columns

/// Events in a partition file come back as they went in, and equal events are equal bytes.
@Suite struct PartitionFileTests {
    private let folder = TemporaryFolder()
    private let zstandard = Zstandard()

    private func encode(_ columns: ExposureColumns) -> [UInt8] {
        PartitionEncoder.encode(columns, key: .fixture(), using: zstandard)
    }

    @Test(arguments: IdentifierStyle.allCases, [0, 1, 2, 3, 300])
    func eventsRoundTrip(style: IdentifierStyle, count: Int) throws {
        var generator = SplitMix64(seed: UInt64(count))
        let columns = ExposureColumns(Exposure.random(count: count, identifiers: style, using: &generator))
        let reader = try folder.openPartition(encode(columns))
        #expect(try reader.columns(using: zstandard).exposures == columns.exposures)
        #expect(reader.rowCount == count)
        #expect(reader.statistics == PartitionStatistics(columns, key: .fixture()))
    }

    /// Columns of so many rows that blocks are just full or just not.
    @Test(arguments: [65_535, 65_536, 65_537])
    func fullBlocksRoundTrip(count: Int) throws {
        let rows = UInt32(0)..<UInt32(count)
        let users = IdentifierList((0...(count - 1) / 200).map { "\(1000 + $0)" })
        let columns = ExposureColumns(
            users: CodedColumn(dictionary: users, codes: rows.map { $0 / 200 + 1 }),
            sessions: CodedColumn(dictionary: IdentifierList(rows.map { "s\($0)" }), codes: rows.map { $0 + 1 }),
            requests: CodedColumn(dictionary: IdentifierList(), codes: rows.map { _ in 0 }),
            items: CodedColumn(dictionary: IdentifierList(["9", "10", "é"]), codes: rows.map { $0 % 3 + 1 }),
            nanosecondsOfDay: rows.map { UInt64($0) * 1_000_000_000 }, ranks: rows.map { $0 % 12 })
        let read = try folder.openPartition(encode(columns)).columns(using: zstandard)
        #expect(read.users == columns.users)
        #expect(read.sessions.inOrderOfAppearance() == columns.sessions)
        #expect(read.requests == columns.requests)
        #expect(read.items.inOrderOfAppearance() == columns.items)
        #expect(read.nanosecondsOfDay == columns.nanosecondsOfDay)
        #expect(read.ranks == columns.ranks)
    }

    @Test func noRankIsNotRankZero() throws {
        let ranks: [UInt32?] = [nil, 0, 1, UInt32(EventField.maximumRank), nil, 0]
        let columns = ExposureColumns(
            ranks.enumerated().map { Exposure(user: "u", at: UInt64($0.offset), rank: $0.element) })
        let read = try folder.openPartition(encode(columns)).columns(using: zstandard)
        #expect(read.exposures.map(\.rank) == ranks)
    }

    @Test func optionalIdsMayBeAbsentEverywhere() throws {
        let columns = ExposureColumns([Exposure(session: "a", at: 1), Exposure(session: "b", at: 0)])
        let read = try folder.openPartition(encode(columns)).columns(using: zstandard)
        #expect(read == columns)
        #expect(read.users.dictionary.isEmpty)
        #expect(read.requests.dictionary.isEmpty)
    }

    @Test(arguments: IdentifierStyle.allCases)
    func equalEventsAreEqualBytesWhateverTheDictionaries(style: IdentifierStyle) {
        var generator = SplitMix64(seed: 12)
        let exposures = Exposure.random(count: 200, identifiers: style, using: &generator)
        let bytes = encode(ExposureColumns(exposures))
        for seed in UInt64(0)..<10 {
            var columns = ExposureColumns(exposures, seed: seed)
            #expect(encode(columns) == bytes)
            // Ids that no event has leave no trace.
            let unused = Array("no event has this".utf8)
            columns.sessions.dictionary.append(unused.span)
            columns.items.dictionary.append(unused.span)
            #expect(PartitionEncoder.encode(columns, key: .fixture(), using: Zstandard()) == bytes)
        }
    }

    @Test func anotherKeyIsAnotherFile() {
        let columns = ExposureColumns([Exposure()])
        let keys: [PartitionKey] = [
            .fixture(), .fixture(tenant: "x"), .fixture(surface: "x"), .fixture(day: "2024-03-01"),
        ]
        let files = keys.map { PartitionEncoder.encode(columns, key: $0, using: zstandard) }
        #expect(Set(files).count == keys.count)
    }

    @Test func aColumnIsReadWithoutTheOthers() throws {
        let columns = ExposureColumns([Exposure(user: "u", session: "s", request: "r", item: "i", at: 3, rank: 4)])
        let reader = try folder.openPartition(encode(columns))
        for column in IdentifierColumn.allCases {
            #expect(try reader.column(column, using: zstandard) == columns[column])
            #expect(try reader.codes(column, using: zstandard) == [1])
        }
        #expect(try reader.nanosecondsOfDay(using: zstandard) == [3])
        #expect(try reader.ranks(using: zstandard) == [5])
    }
}
