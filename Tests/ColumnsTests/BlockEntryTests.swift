import Platform
import TestSupport
import Testing

@testable import Columns

/// An entry of the section table comes back from its bytes, and no field leaves its range.
@Suite struct BlockEntryTests {
    /// An entry with fields of any value.
    private static func read(
        encoding: UInt8 = 2, codec: UInt8 = 1, rows: UInt32 = 10, raw: UInt32 = 11, stored: UInt32 = 9,
    ) throws(BlockDamage) -> BlockEntry {
        var writer = ByteWriter()
        for byte in [16, 0, encoding, codec] { writer.append(byte) }
        for number in [rows, raw, stored] { writer.append(number) }
        writer.append(UInt64(0x0102_0304_0506_0708))
        let bytes = writer.bytes
        return try BlockEntry(verifying: UnverifiedEntry(bytes.rawSpan))
    }

    @Test func anEntryRoundTrips() throws {
        let block = EncodedBlock.encode([1, 2, 3, 70_000] as [UInt32], using: Zstandard())
        let entry = BlockEntry(section: 200, part: 3, block: block)
        var writer = ByteWriter()
        entry.write(into: &writer)
        let bytes = writer.bytes
        #expect(bytes.count == BlockEntry.byteCount)
        #expect(try BlockEntry(verifying: UnverifiedEntry(bytes.rawSpan)) == entry)
    }

    @Test func fieldsInRangeAreRead() throws {
        let entry = try BlockEntryTests.read()
        #expect(entry.section == 16)
        #expect(entry.encoding == .narrow)
        #expect(entry.checksum == 0x0102_0304_0506_0708)
        #expect(throws: Never.self) { try BlockEntryTests.read(rows: 65_536, raw: 32 + 65_536 * 12, stored: 24) }
        #expect(throws: Never.self) { try BlockEntryTests.read(codec: 0, stored: 11) }
        #expect(throws: Never.self) {
            try BlockEntryTests.read(encoding: 7, rows: 1 << 20, raw: 1 << 20, stored: 28)
        }
    }

    @Test func fieldsOutOfRangeAreRefused() {
        for encoding in (UInt8.min...UInt8.max) where !(1...7).contains(encoding) {
            #expect(throws: BlockDamage.unknownEncoding(encoding)) { try BlockEntryTests.read(encoding: encoding) }
        }
        for codec in UInt8(2)...UInt8.max {
            #expect(throws: BlockDamage.unknownCodec(codec)) { try BlockEntryTests.read(codec: codec) }
        }
        for rows in [0, 65_537, .max] as [UInt32] {
            #expect(throws: BlockDamage.rowCountOutOfRange(Int(rows))) { try BlockEntryTests.read(rows: rows) }
        }
        for raw in [0, 32 + 120 + 1, .max] as [UInt32] {
            #expect(throws: BlockDamage.rawByteCountOutOfRange(Int(raw))) { try BlockEntryTests.read(raw: raw) }
        }
        #expect(throws: BlockDamage.rowCountOutOfRange(0)) { try BlockEntryTests.read(encoding: 7, rows: 0, raw: 0) }
        #expect(throws: BlockDamage.rawByteCountOutOfRange(11)) { try BlockEntryTests.read(encoding: 7) }
        #expect(throws: BlockDamage.storedByteCountOutOfRange(0, rawByteCount: 11)) {
            try BlockEntryTests.read(stored: 0)
        }
        #expect(throws: BlockDamage.storedByteCountOutOfRange(10, rawByteCount: 11)) {
            try BlockEntryTests.read(codec: 0, stored: 10)
        }
    }

    /// A block of a zstd frame takes four bytes or more, and gives 128 KiB or less.
    @Test(arguments: [1, 3, 4, 7, 8, 9_999] as [UInt32])
    func moreRawBytesThanAFrameCanHold(stored: UInt32) throws {
        let most = 131_072 * (stored / 4 + 1)
        #expect(throws: Never.self) {
            try BlockEntryTests.read(encoding: 7, rows: most, raw: most, stored: stored)
        }
        #expect(throws: BlockDamage.storedByteCountOutOfRange(Int(stored), rawByteCount: Int(most) + 1)) {
            try BlockEntryTests.read(encoding: 7, rows: most + 1, raw: most + 1, stored: stored)
        }
    }

    /// What a frame says in the fewest bytes there can be is allowed.
    @Test func theBestThatZstdCanDoIsAllowed() throws {
        for byteCount in [11, 131_072, 131_073, 1 << 22, 16 << 20] {
            let block = EncodedBlock.text([UInt8](repeating: 65, count: byteCount), using: Zstandard())
            #expect(block.codec == (byteCount > 11 ? .zstd : .none))
            var writer = ByteWriter()
            BlockEntry(section: 1, part: 5, block: block).write(into: &writer)
            let bytes = writer.bytes
            #expect(throws: Never.self) { try BlockEntry(verifying: UnverifiedEntry(bytes.rawSpan)) }
        }
    }
}

extension EncodedBlock {
    /// Encodes a list that lives no longer than the call.
    static func encode<Value: ColumnValue>(_ values: [Value], using zstandard: Zstandard) -> EncodedBlock {
        encode(values.span, using: zstandard)
    }
}
