import Platform
import TestSupport
import Testing

@testable import Columns

/// An entry of the section table comes back from its bytes, and no field leaves its range.
@Suite struct BlockEntryTests {
    /// An entry with fields of any value.
    private static func read(
        encoding: UInt8 = 2, codec: UInt8 = 1, rows: UInt32 = 10, raw: UInt32 = 11, stored: UInt32 = 9,
    ) -> BlockEntry? {
        var writer = ByteWriter()
        for byte in [16, 0, encoding, codec] { writer.append(byte) }
        for number in [rows, raw, stored] { writer.append(number) }
        writer.append(UInt64(0x0102_0304_0506_0708))
        var reader = ByteReader(writer.bytes.rawSpan)
        return BlockEntry(from: &reader)
    }

    @Test func anEntryRoundTrips() throws {
        let block = EncodedBlock.encode([1, 2, 3, 70_000] as [UInt32], using: Zstandard())
        let entry = BlockEntry(section: 200, part: 3, block: block)
        var writer = ByteWriter()
        entry.write(into: &writer)
        #expect(writer.count == BlockEntry.byteCount)
        var reader = ByteReader(writer.bytes.rawSpan)
        #expect(BlockEntry(from: &reader) == entry)
        for prefix in SmallWorlds.truncations(of: writer.bytes) {
            let bytes = Array(prefix)
            var reader = ByteReader(bytes.rawSpan)
            #expect(BlockEntry(from: &reader) == nil)
        }
    }

    @Test func fieldsInRangeAreRead() {
        let entry = BlockEntryTests.read()
        #expect(entry?.section == 16)
        #expect(entry?.encoding == .narrow)
        #expect(entry?.checksum == 0x0102_0304_0506_0708)
        #expect(BlockEntryTests.read(rows: 65_536, raw: 32 + 65_536 * 12) != nil)
        #expect(BlockEntryTests.read(codec: 0, stored: 11) != nil)
        #expect(BlockEntryTests.read(encoding: 7, rows: 1 << 20, raw: 1 << 20) != nil)
    }

    @Test func fieldsOutOfRangeAreRefused() {
        for encoding in (UInt8.min...UInt8.max) where !(1...7).contains(encoding) {
            #expect(BlockEntryTests.read(encoding: encoding) == nil)
        }
        for codec in UInt8(2)...UInt8.max { #expect(BlockEntryTests.read(codec: codec) == nil) }
        #expect(BlockEntryTests.read(rows: 0) == nil)
        #expect(BlockEntryTests.read(rows: 65_537) == nil)
        #expect(BlockEntryTests.read(raw: 0) == nil)
        #expect(BlockEntryTests.read(stored: 0) == nil)
        #expect(BlockEntryTests.read(raw: 32 + 120 + 1) == nil)
        #expect(BlockEntryTests.read(raw: .max) == nil)
        #expect(BlockEntryTests.read(codec: 0, stored: 10) == nil)
        #expect(BlockEntryTests.read(encoding: 7, rows: 10, raw: 11) == nil)
    }
}

extension EncodedBlock {
    /// Encodes a list that lives no longer than the call.
    static func encode<Value: ColumnValue>(_ values: [Value], using zstandard: Zstandard) -> EncodedBlock {
        encode(values.span, using: zstandard)
    }
}
