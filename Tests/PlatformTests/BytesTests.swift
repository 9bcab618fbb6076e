import Platform
import TestSupport
import Testing

/// `ByteWriter` and `ByteReader` are each other's inverse, little-endian, and the reader stops where the bytes end.
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
}

/// See `ByteWriterTests`.
@Suite struct ByteReaderTests {
    /// Reads one number of each width from the bytes; nil as soon as one is missing.
    private static func readAll(_ bytes: [UInt8]) -> (UInt8, UInt16, Int32, UInt64)? {
        var reader = ByteReader(bytes.rawSpan)
        guard let first = reader.read(UInt8.self), let second = reader.read(UInt16.self),
            let third = reader.read(Int32.self), let fourth = reader.read(UInt64.self), reader.remainingCount == 0
        else { return nil }
        return (first, second, third, fourth)
    }

    @Test func numbersRoundTripAtOddOffsets() throws {
        var generator = SplitMix64(seed: 5)
        for _ in 0..<1000 {
            let random = generator.next()
            var writer = ByteWriter()
            writer.append(UInt8(truncatingIfNeeded: random))
            writer.append(UInt16(truncatingIfNeeded: random))
            writer.append(Int32(truncatingIfNeeded: random))
            writer.append(random)
            let values = try #require(ByteReaderTests.readAll(writer.bytes))
            guard values.0 == UInt8(truncatingIfNeeded: random), values.1 == UInt16(truncatingIfNeeded: random),
                values.2 == Int32(truncatingIfNeeded: random), values.3 == random
            else {
                Issue.record("\(random) came back as \(values)")
                return
            }
        }
    }

    @Test func aNumberThatIsCutOffIsNotReadAndNothingMoves() {
        for prefix in SmallWorlds.truncations(of: [UInt8](repeating: 1, count: 15)) {
            let values = ByteReaderTests.readAll(Array(prefix))
            #expect(values == nil)
        }
        let bytes: [UInt8] = [1, 2, 3]
        var reader = ByteReader(bytes.rawSpan)
        #expect(reader.read(UInt32.self) == nil)
        #expect(reader.offset == 0)
        let tooMany = reader.read(count: 4)?.byteCount
        let negative = reader.read(count: -1)?.byteCount
        let absurd = reader.read(count: .max)?.byteCount
        #expect([tooMany, negative, absurd] == [nil, nil, nil])
        #expect(reader.read(UInt16.self) == 0x0201)
        #expect(reader.offset == 2)
        let none = reader.read(count: 0)?.byteCount
        let last = reader.read(count: 1)?.copiedBytes
        #expect(none == 0)
        #expect(last == [3])
        #expect(reader.remainingCount == 0)
    }

    @Test(
        arguments: [[1], [1, 0], [2, 0, 65], [2, 0, 0xC3, 0x28], [1, 0, 0xC3], [3, 0, 0xED, 0xA0, 0x80]] as [[UInt8]])
    func textThatIsCutOffOrNoUTF8IsNotRead(bytes: [UInt8]) {
        var reader = ByteReader(bytes.rawSpan)
        #expect(reader.readShortText() == nil)
    }
}

/// Strings of bytes compare as an obvious but slow comparison says.
@Suite struct ByteStringsTests {
    /// Bytes on both sides of where signed and unsigned order differ.
    private static let strings = SmallWorlds.lists(of: [0, 1, 127, 128, 255] as [UInt8], lengths: 0...3)

    /// Less than, equal to or greater than zero.
    private static func expectedOrder(_ left: [UInt8], _ right: [UInt8]) -> Int {
        left == right ? 0 : left.lexicographicallyPrecedes(right) ? -1 : 1
    }

    @Test func orderOfAllPairsOfAWorld() {
        let failure = ByteStringsTests.strings.first { left in
            ByteStringsTests.strings.contains { right in
                ByteStrings.compare(left.span, right.span).signum() != ByteStringsTests.expectedOrder(left, right)
            }
        }
        #expect(failure == nil)
    }

    @Test func orderOfLongStrings() {
        var generator = SplitMix64(seed: 6)
        for _ in 0..<2000 {
            let shared = generator.bytes(count: .random(in: 0...40, using: &generator))
            let left = shared + generator.bytes(count: .random(in: 0...3, using: &generator))
            let right = shared + generator.bytes(count: .random(in: 0...3, using: &generator))
            let order = ByteStrings.compare(left.span, right.span).signum()
            let prefixes = (ByteStrings.prefix(left.span), ByteStrings.prefix(right.span))
            let expected = ByteStringsTests.expectedOrder(left, right)
            guard order == expected, prefixes.0 == prefixes.1 || (prefixes.0 < prefixes.1) == (expected < 0) else {
                Issue.record("\(left) and \(right)")
                return
            }
        }
    }

    @Test(arguments: 0...9)
    func thePrefixIsTheFirstEightBytes(count: Int) {
        let bytes = [UInt8](1...9).prefix(count)
        let expected = (0..<8).reduce(UInt64(0)) { $0 << 8 | ($1 < count ? UInt64($1 + 1) : 0) }
        let prefix = ByteStrings.prefix(Array(bytes).span)
        #expect(prefix == expected)
    }
}
