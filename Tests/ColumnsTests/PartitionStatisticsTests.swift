import Events
import Platform
import TestSupport
import Testing

@testable import Columns

/// The statistics of a footer come back, and nothing that contradicts itself is taken for statistics.
@Suite struct PartitionStatisticsTests {
    private static let columns = ExposureColumns([
        Exposure(user: "u", session: "s", request: "r", item: "a", at: 9),
        Exposure(user: "u", session: "s", item: "b", at: 5), Exposure(session: "t", item: "c", at: 7),
    ])

    /// The bytes of statistics with fields of any value.
    private static func bytes(
        day: Int32 = 19_782, zero: UInt32 = 0, rows: UInt64 = 3, times: (UInt64, UInt64) = (5, 9),
        counts: [UInt32] = [1, 2, 1, 3], tenant: String = "demo", surface: String = "home",
    ) -> [UInt8] {
        var writer = ByteWriter()
        writer.append(day)
        writer.append(zero)
        for number in [rows, times.0, times.1] { writer.append(number) }
        for count in counts { writer.append(count) }
        writer.append(shortText: tenant)
        writer.append(shortText: surface)
        return writer.bytes
    }

    private static func read(_ bytes: [UInt8]) -> PartitionStatistics? { PartitionStatistics(encoded: bytes) }

    @Test func statisticsRoundTrip() {
        let statistics = PartitionStatistics(PartitionStatisticsTests.columns, key: .fixture())
        #expect(statistics.encoded == PartitionStatisticsTests.bytes())
        #expect(PartitionStatisticsTests.read(statistics.encoded) == statistics)
        #expect(IdentifierColumn.allCases.map { statistics.distinctCount($0) } == [1, 2, 1, 3])
        #expect(statistics.rowCount == 3)
        #expect((statistics.earliest, statistics.latest) == (5, 9))
        let empty = PartitionStatistics(ExposureColumns([]), key: .fixture(tenant: "é", day: "0000-01-01"))
        #expect(PartitionStatisticsTests.read(empty.encoded) == empty)
    }

    @Test func bytesThatAreNotWholeAreRefused() {
        let bytes = PartitionStatisticsTests.bytes()
        for prefix in SmallWorlds.truncations(of: bytes) {
            #expect(PartitionStatisticsTests.read(Array(prefix)) == nil)
        }
        #expect(PartitionStatisticsTests.read(bytes + [0]) == nil)
    }

    @Test func fieldsOutOfRangeAreRefused() {
        typealias Tests = PartitionStatisticsTests
        for day in [Int32.min, -719_529, 2_932_897, .max] { #expect(Tests.read(Tests.bytes(day: day)) == nil) }
        #expect(Tests.read(Tests.bytes(zero: 1)) == nil)
        #expect(Tests.read(Tests.bytes(rows: UInt64(Int.max) + 1)) == nil)
        #expect(Tests.read(Tests.bytes(rows: 2)) == nil, "more items than rows")
        #expect(Tests.read(Tests.bytes(times: (9, 5))) == nil)
        #expect(Tests.read(Tests.bytes(times: (0, Timestamp.nanosecondsPerDay))) == nil)
        for column in 0..<4 {
            var counts: [UInt32] = [1, 2, 1, 3]
            counts[column] = 4
            #expect(Tests.read(Tests.bytes(counts: counts)) == nil)
        }
        for name in ["", "..", "a/b", "a\0"] {
            #expect(Tests.read(Tests.bytes(tenant: name)) == nil)
            #expect(Tests.read(Tests.bytes(surface: name)) == nil)
        }
    }
}
