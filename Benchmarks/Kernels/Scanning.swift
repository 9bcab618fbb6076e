import Columns
import Events
import Platform
import TestSupport

/// What it takes to read the codes, times and ranks of a day, and how much of it is that nothing is given out which was
/// not checked.
func measureScanning() {
    measure("scan: a day, checked and decoded", .values) {
        let day = try SampleDay()
        return Kernel(day.valueCount) { try? SampleDay.Values(day.reader, day.zstandard) }
    }
    measure("scan: the checks alone", .values) {
        let day = try SampleDay()
        let values = try SampleDay.Values(day.reader, day.zstandard)
        return Kernel(day.valueCount) { try? day.check(values) }
    }
}

/// A partition with as many rows as four blocks hold: a few sessions for each user, items in no order.
private struct SampleDay {
    let reader: PartitionReader
    let zstandard = Zstandard()

    /// What is decoded of the day.
    struct Values {
        let codes: [[UInt32]]
        let times: [UInt64]
        let ranks: [UInt32]

        init(_ reader: PartitionReader, _ zstandard: Zstandard) throws {
            codes = try IdentifierColumn.allCases.map { try reader.codes($0, using: zstandard) }
            times = try reader.nanosecondsOfDay(using: zstandard)
            ranks = try reader.ranks(using: zstandard)
        }
    }

    init() throws {
        let rowCount = 4 * Samples.count
        let items = (0..<4).flatMap { _ in Samples.skewedCodes(below: 3000).map { $0 + 1 } }
        let columns = ExposureColumns(
            users: SampleDay.clustered(rowCount, rowsPerIdentifier: 24),
            sessions: SampleDay.clustered(rowCount, rowsPerIdentifier: 8),
            requests: CodedColumn(codes: [UInt32](repeating: 0, count: rowCount)),
            items: CodedColumn(dictionary: Samples.identifiers(3000, .decimal), codes: items),
            nanosecondsOfDay: (0..<rowCount).map { UInt64(3_600 * ($0 % 24) + $0 % 8) * 1_000_000_000 },
            ranks: (0..<rowCount).map { UInt32($0 % 8 + 1) })
        let bytes = PartitionEncoder.encode(
            columns.inPartitionOrder(), key: .fixture(), using: Zstandard())
        // The map outlives the folder.
        reader = try TemporaryFolder().openPartition(bytes)
    }

    /// Values of all columns.
    var valueCount: Int { reader.rowCount * 6 }

    /// Everything that is checked on the way to these values, once more.
    func check(_ values: Values) throws {
        let container = reader.container
        for (entry, offset) in zip(container.entries, container.offsets) {
            let isRight = try container.file.withBytes(offset..<offset + entry.storedByteCount) { stored in
                Checksum.xxh3(stored) == entry.checksum
            }
            precondition(isRight)
        }
        for (column, codes) in zip(IdentifierColumn.allCases, values.codes) { try reader.check(codes, of: column) }
        try reader.check(nanosecondsOfDay: values.times)
        for end in [reader.statistics.earliest, reader.statistics.latest] { precondition(values.times.contains(end)) }
        try reader.check(ranks: values.ranks)
    }

    private static func clustered(_ rowCount: Int, rowsPerIdentifier: Int) -> CodedColumn {
        let codes = (0..<rowCount).map { UInt32($0 / rowsPerIdentifier + 1) }
        return CodedColumn(
            dictionary: Samples.identifiers(rowCount / rowsPerIdentifier + 1, .decimal), codes: codes)
    }
}
