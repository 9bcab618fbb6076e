import Events
import Platform
import Testing

@testable import Columns

/// What stands in files and never changes. A test here that fails says that older files can no longer be read.
@Suite struct ForeverConstantsTests {
    @Test func numbersOfEncodingsAndCodecs() {
        #expect(EncodingIdentifier.allCases.map(\.rawValue) == [1, 2, 3, 4, 5, 6, 7])
        let names = EncodingIdentifier.allCases.map { "\($0)" }
        #expect(names == ["constant", "narrow", "bytePlanes", "frameOfReference", "delta", "runLength", "text"])
        #expect(CodecIdentifier.allCases.map { "\($0) \($0.rawValue)" } == ["none 0", "zstd 1"])
        for identifier in numberEncodings { #expect(identifier.encoding?.identifier == identifier) }
    }

    @Test func numbersOfSectionsAndParts() {
        let sections = PartitionFormat.Section.allCases.map { "\($0.rawValue) \($0.name)" }
        #expect(
            sections == [
                "1 user_dictionary", "2 session_dictionary", "3 request_dictionary", "4 item_dictionary", "16 user",
                "17 time_of_day", "18 session", "19 request", "20 item", "21 rank", "128 arrival",
            ])
        let contents = PartitionFormat.Section.allCases.map(\.content)
        #expect(
            contents == [.dictionary, .dictionary, .dictionary, .dictionary, .numbers32, .numbers64]
                + [.numbers32, .numbers32, .numbers32, .numbers32, .numbers32])
        let parts: [DictionaryPart] = [.decimal, .uuidHigh, .uuidLow, .textLengths, .text]
        #expect(parts.map(\.rawValue) == [1, 2, 3, 4, 5])
        #expect(FileFormat.firstOptionalSection == 128)
    }

    @Test func theFrame() {
        #expect(PartitionFormat.file.magic == [0x89] + Array("RSP\r\n".utf8) + [0x1A, 0x0A])
        #expect(PartitionFormat.file.endMagic == [0x0A, 0x1A] + Array("\n\rPSR".utf8) + [0x89])
        #expect(PartitionFormat.file.version == 1)
        #expect(PartitionFormat.fileExtension == "rspart")
        #expect([FileFormat.headerByteCount, FileFormat.tailByteCount, BlockEntry.byteCount] == [32, 32, 24])
        #expect(EncodedBlock.maximumRowCount == 65_536)
        #expect(DictionaryBlocks.maximumTextByteCount == 16_777_216)
        #expect(EventField.maximumRank == 2_147_483_647)
        #expect(Timestamp.nanosecondsPerDay == 86_400_000_000_000)
        #expect(Day.range.lowerBound.daysSinceEpoch == -719_528)
        #expect(Day.range.upperBound.daysSinceEpoch == 2_932_896)
        #expect(PathSegment.maximumByteCount == 255)
    }

    /// The bytes of each encoding, written out by hand from its description.
    @Test(
        arguments: [
            (.constant, [7, 7], [7, 0, 0, 0, 0, 0, 0, 0]),
            (.narrow, [1, 258], [2, 1, 0, 2, 1]),
            (.bytePlanes, [1, 258], [2, 1, 2, 0, 1]),
            (.frameOfReference, [1000, 1010, 1030], [0xE8, 3, 0, 0, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 3]),
            (.delta, [10, 12, 11], [10, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 1, 3, 0]),
            (.runLength, [5, 5, 5, 300, 300], [2, 0, 0, 0, 1, 3, 2, 1, 2, 5, 44, 0, 1]),
        ] as [(EncodingIdentifier, [UInt32], [UInt8])])
    func bytesOfAnEncoding(identifier: EncodingIdentifier, values: [UInt32], bytes: [UInt8]) {
        #expect(encoded(values, identifier) == bytes)
        #expect(decoded(bytes, identifier, count: values.count, as: UInt32.self) == values)
    }
}
