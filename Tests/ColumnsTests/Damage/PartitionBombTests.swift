import Platform
import TestSupport
import Testing

@testable import Columns

/// Files that promise much in few bytes: refused before memory is taken, or read with little of it.
///
/// Each test that says so has a process of its own, of which it can tell what memory it took.
@Suite struct PartitionBombTests {
    private let folder = TemporaryFolder()

    /// Sixty thousand blocks of constants: 655 million rows in 2 MB, the first 65,537 of which are as they must be.
    @Test func blocksOfConstantsAreVerifiedOneByOne() async {
        await #expect(processExitsWith: .success) {
            let bytes = try PartitionBomb.constants(blockCount: 10_000)
            #expect(bytes.count < 2_100_000)
            let reader = try TemporaryFolder().openPartition(bytes)
            #expect(reader.rowCount == 655_360_000)
            let memory = MemoryUse()
            let error = #expect(throws: FormatError.self) { try reader.verify(using: Zstandard()) }
            #expect(error?.detail.contains("section time_of_day, block 1, offset ") == true)
            #expect(error?.detail.hasSuffix("row 65536 is out of order: it is earlier than the row before") == true)
            #expect(memory.stayed(below: 32))
        }
    }

    /// What may be good all through takes no more than what is refused at once.
    @Test func goodBlocksOfConstantsPass() async {
        await #expect(processExitsWith: .success) {
            let bytes = try PartitionBomb.constants(blockCount: 20, latest: 5)
            let reader = try TemporaryFolder().openPartition(bytes)
            let memory = MemoryUse()
            try reader.verify(using: Zstandard())
            // The columns as they are would take 36 MB.
            #expect(memory.stayed(below: 16))
        }
    }

    /// A text of a gigabyte, which a frame of 33,000 bytes holds, of two ids, and of a frame that does not hold it.
    @Test func textsOfAGigabyte() async {
        await #expect(processExitsWith: .success) {
            let memory = MemoryUse()
            for stored in [PartitionBomb.zeros(megabytes: 1024), [1, 2, 3]] {
                let block = EncodedBlock(
                    encoding: .text, codec: .zstd, rowCount: 1 << 30, rawByteCount: 1 << 30, stored: stored)
                let error = #expect(throws: FormatError.self) {
                    try PartitionBomb.withSessions(lengths: [1 << 29, 1 << 29], text: block)
                }
                let isHeld = stored.count > 3
                #expect(error?.detail.hasPrefix("corrupt at section session_dictionary, block 1, offset ") == true)
                #expect(
                    error?.detail.hasSuffix(
                        isHeld
                            ? "several ids have more text than a group of ids may have"
                            : "3 stored bytes cannot hold 1073741824 raw ones") == true)
            }
            #expect(memory.stayed(below: 16))
        }
    }

    @Test func theLongestTextOfAGroupIsAllowed() throws {
        let stored = PartitionBomb.zeros(megabytes: 16)
        let block = EncodedBlock(
            encoding: .text, codec: .zstd, rowCount: 16 << 20, rawByteCount: 16 << 20, stored: stored)
        #expect(throws: Never.self) { try PartitionBomb.withSessions(lengths: [1, 16 << 20 - 1], text: block) }
        let longer = EncodedBlock(
            encoding: .text, codec: .zstd, rowCount: 17 << 20, rawByteCount: 17 << 20,
            stored: PartitionBomb.zeros(megabytes: 17))
        #expect(throws: Never.self) { try PartitionBomb.withSessions(lengths: [17 << 20], text: longer) }
        #expect(throws: FormatError.self) {
            try PartitionBomb.withSessions(lengths: [1, 17 << 20 - 1], text: longer)
        }
    }

    /// Frames whose header says another size than the section table, or that hold another one than they say.
    @Test func framesThatLie() async {
        await #expect(processExitsWith: .success) {
            let memory = MemoryUse()
            let content = [UInt8](repeating: 7, count: 100)
            let good = HandFrame.frame(content, tellsSize: true)
            #expect(Zstandard().decompresses(good, to: 100))
            #expect(Zstandard().decompresses(HandFrame.frame(content, tellsSize: false), to: 100))
            for count in [0, 1, 99, 101, 1 << 30] {
                #expect(!Zstandard().decompresses(good, to: count))
                #expect(!Zstandard().decompresses(HandFrame.frame(content, tellsSize: false), to: min(count, 1 << 20)))
            }
            for size in [0, 99, 101, 1 << 30, Int(UInt32.max)] {
                var lying = good
                for index in 0..<4 { lying[6 + index] = UInt8(truncatingIfNeeded: size >> (index * 8)) }
                #expect(!Zstandard().decompresses(lying, to: 100))
                #expect(size > 101 || !Zstandard().decompresses(lying, to: size))
            }
            // A window of 3.75 TiB, whose memory nobody needs who decompresses at once.
            var wide = HandFrame.frame(content, tellsSize: false)
            wide[5] = 0xFF
            _ = Zstandard().decompresses(wide, to: 100)
            #expect(memory.stayed(below: 16))
        }
    }

    /// The lengths in the footer, and those of the section table.
    @Test(arguments: [0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0xFFFF_FFF0, 0x0AAA_AAAB] as [UInt32])
    func lengthsThatOverflow(length: UInt32) throws {
        let bytes = PartitionEncoder.encode(ExposureColumns([Exposure()]), key: .fixture(), using: Zstandard())
        let footer =
            bytes.count - FileFormat.tailByteCount
            - Int(bytes.rawSpan.load(at: bytes.count - FileFormat.tailByteCount, as: UInt32.self))
        let metadataByteCount = Int(bytes.rawSpan.load(at: footer, as: UInt32.self))
        let entries = footer + 4 + metadataByteCount
        for offset in [footer, entries, entries + 4 + 12, entries + 4 + 24 + 12] {
            var forged = bytes
            for index in 0..<4 { forged[offset + index] = UInt8(truncatingIfNeeded: length >> UInt32(index * 8)) }
            #expect(try refusal(FileRepair.repaired(forged), in: folder) == .corrupt)
        }
    }
}

extension Zstandard {
    /// True if a frame holds so many bytes.
    fileprivate func decompresses(_ frame: [UInt8], to byteCount: Int) -> Bool {
        decompress(frame.rawSpan, byteCount: byteCount) != nil
    }
}

/// Files made to take all memory.
enum PartitionBomb {
    /// A file of equal rows, each block a constant of 65,536 rows, but for the times: those of the first block are 5
    /// and those of the others as `latest` says.
    static func constants(blockCount: Int, latest: UInt64 = 4) throws -> [UInt8] {
        var dissection = try Dissection(
            PartitionEncoder.encode(ExposureColumns([Exposure(at: 5)]), key: .fixture(), using: Zstandard()))
        let columns = dissection.parts.filter { $0.section >= 16 }
        dissection.parts.removeAll { $0.section >= 16 }
        for section in Set(columns.map(\.section)) {
            let value = try columns.first { $0.section == section }?.values().first ?? 0
            for block in 0..<blockCount {
                let isLater = section == PartitionFormat.Section.timeOfDay.rawValue && block > 0
                let constant = EncodedBlock(
                    raw: HandEncoding.constant.bytes([isLater ? latest : value]), .constant, .none, rowCount: 65_536)
                dissection.parts.append(Dissection.Part(section: section, part: 0, block: constant))
            }
        }
        // Number of rows; earliest and latest time.
        set(&dissection.metadata, at: 8, UInt64(blockCount) * 65_536)
        set(&dissection.metadata, at: 16, min(5, latest))
        return dissection.assembled
    }

    /// Reads the sessions of a file with one group of them, of these lengths and with this block of text.
    static func withSessions(lengths: [UInt64], text: EncodedBlock) throws {
        let section = PartitionFormat.Section.sessionDictionary.rawValue
        var dissection = try Dissection(
            PartitionEncoder.encode(
                ExposureColumns(lengths.indices.map { Exposure(user: "u", session: "\($0)") }), key: .fixture(),
                using: Zstandard()))
        dissection.parts.removeAll { $0.section == section }
        dissection.parts += [
            Dissection.Part(
                section: section, part: DictionaryPart.textLengths.rawValue, block: HandEncoding.narrow().block(lengths)
            ),
            Dissection.Part(section: section, part: DictionaryPart.text.rawValue, block: text),
        ]
        _ = try TemporaryFolder().openPartition(dissection.assembled).dictionary(.session, using: Zstandard())
    }

    /// A zstd frame of so many times 1,048,576 zeros, four bytes for every 131,072 of them.
    static func zeros(megabytes: Int) -> [UInt8] {
        // A window of 128 KiB; then blocks of one repeated byte, the last of them marked.
        var frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x38]
        for index in 1...(megabytes * 8) {
            let header = 131_072 << 3 | 1 << 1 | (index == megabytes * 8 ? 1 : 0)
            frame += (0..<3).map { UInt8(truncatingIfNeeded: header >> ($0 * 8)) } + [0]
        }
        return frame
    }

    private static func set(_ bytes: inout [UInt8], at offset: Int, _ value: UInt64) {
        for index in 0..<8 { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> UInt64(index * 8)) }
    }
}
