import Platform
import Testing

/// `ByteWriter` writes numbers little-endian, in as many bytes as it is told.
@Suite struct ByteWriterTests {
    @Test func numbersAreLittleEndian() {
        var writer = ByteWriter(reserving: 100)
        writer.append(UInt8(0x01))
        writer.append(UInt16(0x0203))
        writer.append(UInt32(0x0405_0607))
        writer.append(UInt64(0x0809_0A0B_0C0D_0E0F))
        writer.append(Int32(-2))
        #expect(
            writer.bytes == [1, 3, 2, 7, 6, 5, 4, 15, 14, 13, 12, 11, 10, 9, 8, 0xFE, 0xFF, 0xFF, 0xFF])
        #expect(writer.count == 19)
    }

    @Test(arguments: 0...8)
    func theLowBytesOfANumber(byteCount: Int) {
        var writer = ByteWriter()
        writer.append(UInt64(0x0807_0605_0403_0201), byteCount: byteCount)
        #expect(writer.bytes == Array([1, 2, 3, 4, 5, 6, 7, 8].prefix(byteCount)))
        var wide = ByteWriter()
        wide.append(UInt32.max, byteCount: byteCount)
        #expect(wide.bytes == Array(([255, 255, 255, 255, 0, 0, 0, 0] as [UInt8]).prefix(byteCount)))
    }

    @Test(arguments: ["", "a", "é日👩", String(repeating: "x", count: 65_535)])
    func shortTextRoundTrips(text: String) {
        var writer = ByteWriter()
        writer.append(shortText: text)
        writer.append(UInt8(7))
        var reader = ByteReader(writer.bytes.rawSpan)
        #expect(reader.readShortText() == text)
        #expect(reader.remainingCount == 1)
    }

    @Test func bytesThatAreSetOnceTheyAreThere() {
        var writer = ByteWriter()
        writer.append(UInt8(7))
        writer.append(byteCount: 3) { bytes in
            var bytes = bytes
            bytes[1] = 9
        }
        writer.append(byteCount: 0) { _ in }
        #expect(writer.bytes == [7, 0, 9, 0])
    }
}
