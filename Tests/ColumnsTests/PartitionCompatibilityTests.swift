import Platform
import TestSupport
import Testing

@testable import Columns

/// What a reader of version 1 makes of files that later versions, and other programs, will have written.
@Suite struct PartitionCompatibilityTests {
    private let folder = TemporaryFolder()

    private static let columns = ExposureColumns([Exposure(user: "u", at: 1), Exposure(user: "v", at: 2)])
    private static let bytes = PartitionEncoder.encode(columns, key: .fixture(), using: Zstandard())

    /// The file with other bytes in its header, and the header's checksum made right.
    private func file(header offset: Int, _ bytes: [UInt8]) -> [UInt8] {
        var file = PartitionCompatibilityTests.bytes
        file.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
        var checksum = ByteWriter()
        checksum.append(Checksum.xxh3(Array(file[..<24]).rawSpan))
        file.replaceSubrange(24..<32, with: checksum.bytes)
        return file
    }

    private func code(_ bytes: [UInt8]) throws -> FormatError.Code? {
        try refusal(bytes, in: folder)
    }

    @Test(arguments: [[2, 0], [0, 1], [255, 255]] as [[UInt8]])
    func aNewerVersionNeedsANewerReader(version: [UInt8]) throws {
        let file = file(header: 8, version)
        #expect(try code(file) == .needsNewerReader)
        let error = #expect(throws: FormatError.self) { try readAll(file, in: folder) }
        let number = Int(version[0]) + Int(version[1]) * 256
        #expect(error?.detail == "needs a newer recsys-pipelines (format \(number), this one reads 1)")
        #expect(error?.kind == .usage)
    }

    @Test func aNewerVersionIsTakenForThatWhateverComesAfterTheHeader() throws {
        let header = Array(file(header: 8, [2, 0]).prefix(32))
        #expect(try code(header + [UInt8](repeating: 0xEE, count: 500)) == .needsNewerReader)
    }

    @Test func aRequiredFeatureNeedsANewerReader() throws {
        for bit in 0..<32 {
            var features: [UInt8] = [0, 0, 0, 0]
            features[bit / 8] = 1 << UInt8(bit % 8)
            #expect(try code(file(header: 12, features)) == .needsNewerReader)
        }
    }

    @Test func optionalFeaturesAreOptional() throws {
        #expect(try readAll(file(header: 16, [255, 255, 255, 255]), in: folder) == PartitionCompatibilityTests.columns)
    }

    @Test func reservedFieldsAreZero() throws {
        #expect(try code(file(header: 8, [0, 0])) == .corrupt, "there was no version 0")
        for offset in [10, 11, 20, 21, 22, 23] { #expect(try code(file(header: offset, [1])) == .corrupt) }
        // Four bytes of the tail, which no checksum covers.
        for offset in 25...28 {
            var bytes = PartitionCompatibilityTests.bytes
            bytes[bytes.count - offset] = 1
            #expect(try code(bytes) == .corrupt)
        }
    }

    @Test(
        arguments: [[0x89, 0x52, 0x53, 0x41], Array("PAR1".utf8), [0x28, 0xB5, 0x2F, 0xFD], Array("{\"v\"".utf8)]
            as [[UInt8]])
    func filesOfOtherFormatsAreNotRecognised(magic: [UInt8]) throws {
        let bytes = magic + PartitionCompatibilityTests.bytes.dropFirst(magic.count)
        let expected = FormatError.Code.notRecognised
        #expect(try code(bytes) == expected)
    }

    @Test func anUnknownSectionIsSkippedFrom128On() throws {
        let known = Set(PartitionFormat.Section.allCases.map(\.rawValue))
        let block = EncodedBlock.encode([1, 2, 3] as [UInt32], using: Zstandard())
        for section in UInt8.min...UInt8.max where !known.contains(section) {
            var dissection = try Dissection(PartitionCompatibilityTests.bytes)
            dissection.parts.insert(Dissection.Part(section: section, part: 77, block: block), at: 3)
            let file = dissection.assembled
            if section < 128 {
                #expect(try code(file) == .corrupt)
            } else {
                #expect(try readAll(file, in: folder) == PartitionCompatibilityTests.columns)
            }
        }
    }
}
