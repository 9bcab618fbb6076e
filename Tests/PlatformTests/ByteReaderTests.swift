import Platform
import TestSupport
import Testing

/// `ByteReader` is the inverse of `ByteWriter`, and stops where the bytes end.
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
