import Platform
import TestSupport
import Testing

@testable import Columns

/// A file whose checksums are right and whose content is not: refused, and never a reason to trap or to take memory.
@Suite struct PartitionForgeryTests {
    private let folder = TemporaryFolder()

    private static let exposures = [
        Exposure(session: "s", item: "1", at: 7), Exposure(session: "t", item: "1", at: 5),
        Exposure(user: "u", session: "s", request: "r", item: "2", at: 8),
        Exposure(user: "u", session: "s", item: "1", at: 9),
        Exposure(user: "v", session: "s", item: "70000", at: 3, rank: 3),
    ]
    private static let columns = ExposureColumns(exposures)

    private func refusal(_ change: (inout Dissection) throws -> Void) throws -> FormatError.Code? {
        let bytes = PartitionEncoder.encode(PartitionForgeryTests.columns, key: .fixture(), using: Zstandard())
        var dissection = try Dissection(bytes)
        try change(&dissection)
        return try ColumnsTests.refusal(dissection.assembled, in: folder)
    }

    @Test func nothingForgedIsAccepted() throws {
        #expect(try refusal { _ in } == nil)
        // Sections may stand in any order.
        #expect(try refusal { $0.parts.sort { $0.section > $1.section } } == nil)
    }

    @Test func everyPartIsNeededOnce() throws {
        let bytes = PartitionEncoder.encode(PartitionForgeryTests.columns, key: .fixture(), using: Zstandard())
        for index in try Dissection(bytes).parts.indices {
            #expect(try refusal { $0.parts.remove(at: index) } == .corrupt)
            #expect(try refusal { $0.parts.insert($0.parts[index], at: index) } == .corrupt)
        }
    }

    @Test func partsThatAColumnDoesNotHave() throws {
        let bytes = PartitionEncoder.encode(PartitionForgeryTests.columns, key: .fixture(), using: Zstandard())
        for index in try Dissection(bytes).parts.indices {
            for part in [UInt8](6...8) + [255] { #expect(try refusal { $0.parts[index].part = part } == .corrupt) }
        }
    }

    @Test func codesOutsideTheDictionary() throws {
        #expect(try refusal { $0.replace(.user, with: [0, 0, 1, 1, 3] as [UInt32]) } == .corrupt)
        #expect(try refusal { $0.replace(.item, with: [1, 1, 2, 1, 4] as [UInt32]) } == .corrupt)
        #expect(try refusal { $0.replace(.item, with: [1, 1, 2, 1, .max] as [UInt32]) } == .corrupt)
        #expect(try refusal { $0.replace(.session, with: [1, 1, 1, 0, 1] as [UInt32]) } == .corrupt)
        #expect(try refusal { $0.replace(.item, with: [0, 1, 2, 1, 3] as [UInt32]) } == .corrupt)
        // Not in 32 bits.
        #expect(try refusal { $0.replace(.item, with: [1, 1, 2, 1, 1 << 32] as [UInt64]) } == .corrupt)
    }

    @Test func tooFewAndTooManyRows() throws {
        #expect(try refusal { $0.replace(.rank, with: [0, 0, 0, 0] as [UInt32]) } == .corrupt)
        #expect(try refusal { $0.replace(.rank, with: [0, 0, 0, 0, 4, 0] as [UInt32]) } == .corrupt)
        #expect(try refusal { $0.replace(.rank, with: [] as [UInt32]) } == .corrupt)
    }

    @Test func timesThatTheFooterDoesNotKnow() throws {
        #expect(try refusal { $0.replace(.timeOfDay, with: [7, 5, 8, 9, 2] as [UInt64]) } == .corrupt)
        #expect(try refusal { $0.replace(.timeOfDay, with: [7, 5, 8, 10, 3] as [UInt64]) } == .corrupt)
        #expect(try refusal { $0.replace(.timeOfDay, with: [7, 5, 8, 8, 3] as [UInt64]) } == .corrupt)
    }

    @Test func rowsOutOfOrder() throws {
        #expect(try refusal { $0.replace(.user, with: [0, 1, 0, 1, 2] as [UInt32]) } == .corrupt)
        #expect(try refusal { $0.replace(.user, with: [0, 0, 2, 2, 1] as [UInt32]) } == .corrupt)
        // One user's events are in the order of time.
        #expect(try refusal { $0.replace(.timeOfDay, with: [7, 5, 9, 8, 3] as [UInt64]) } == .corrupt)
    }

    @Test func rowsWithoutAUserOutOfOrder() throws {
        let sessions = IdentifierList(["s", "t"])
        #expect(
            try refusal {
                $0.replace(.sessionDictionary, with: sessions)
                $0.replace(.session, with: [2, 1, 1, 1, 1] as [UInt32])
            } == .corrupt)
        // The order is that of the ids, whatever the order of the dictionary.
        #expect(
            try refusal {
                $0.replace(.sessionDictionary, with: sessions.selecting([1, 0]))
                $0.replace(.session, with: [2, 1, 2, 2, 2] as [UInt32])
            } == nil)
        #expect(try refusal { $0.replace(.session, with: [1, 1, 1, 1, 1] as [UInt32]) } == .corrupt, "7 before 5")
    }

    @Test func dictionariesOfAnotherSizeOrOrder() throws {
        #expect(try refusal { $0.replace(.itemDictionary, with: IdentifierList(["1", "2"])) } == .corrupt)
        #expect(try refusal { $0.replace(.itemDictionary, with: IdentifierList(["1", "2", "3", "4"])) } == .corrupt)
        #expect(try refusal { $0.replace(.userDictionary, with: IdentifierList(["v", "u"])) } == .corrupt)
        #expect(try refusal { $0.replace(.userDictionary, with: IdentifierList(["u", "u"])) } == .corrupt)
    }

    /// The footer with any byte changed and its checksum made right: read as it says, or refused, but never a trap.
    @Test func everyByteOfTheFooter() throws {
        let bytes = PartitionEncoder.encode(PartitionForgeryTests.columns, key: .fixture(), using: Zstandard())
        let tail = bytes.count - FileFormat.tailByteCount
        let start = tail - Int(bytes.rawSpan.load(at: tail, as: UInt32.self))
        var refusals = 0
        for index in start..<tail {
            for byte in [0, 1, 2, 0x7F, 0x80, 0xFF, bytes[index] ^ 1] {
                var forged = bytes
                forged[index] = byte
                var checksum = ByteWriter()
                checksum.append(Checksum.xxh3(Array(forged[start..<tail]).rawSpan))
                forged.replaceSubrange((tail + 8)..<(tail + 16), with: checksum.bytes)
                if try ColumnsTests.refusal(forged, in: folder) != nil { refusals += 1 }
            }
        }
        #expect(refusals > (tail - start) * 5)
    }

    /// Blocks of constants promise many rows in few bytes; a table may not make the reader believe them all.
    @Test func aDictionaryWithManyMoreIdsThanTheFooterSays() throws {
        let block = EncodedBlock(
            encoding: .constant, codec: .none, rowCount: 65_536, rawByteCount: 8, stored: [1, 0, 0, 0, 0, 0, 0, 0])
        let part = Dissection.Part(section: 4, part: DictionaryPart.decimal.rawValue, block: block)
        #expect(try refusal { $0.parts += Array(repeating: part, count: 10_000) } == .corrupt)
    }

    /// Text has as many rows as bytes, and may have more of them than a column.
    @Test func aColumnOfText() throws {
        let block = EncodedBlock(encoding: .text, codec: .zstd, rowCount: 1 << 31, rawByteCount: 1 << 31, stored: [0])
        let code = try refusal { dissection in
            dissection.parts.removeAll { $0.section == PartitionFormat.Section.rank.rawValue }
            dissection.parts.append(Dissection.Part(section: 21, part: 0, block: block))
            // Rows stand behind the day and a zero, eight bytes from the start.
            dissection.metadata.replaceSubrange(8..<16, with: [0, 0, 0, 0x80, 0, 0, 0, 0])
        }
        #expect(code == .corrupt)
    }

    /// A wrong value is named with its section, its block, the block's offset, and its row.
    @Test(
        arguments: [
            (.user, [0, 0, 1, 1, 3], 2, "in row 4: code 3 is beyond the dictionary"),
            (.session, [1, 2, 1, 0, 1], 1, "in row 3: there is no id, which every row has"),
            (.item, [9, 1, 2, 1, 4], 0, "in row 0: code 9 is beyond the dictionary"),
            (.request, [0, 0, 1, 2, 0], 1, "in row 3: code 2 is beyond the dictionary"),
            (.rank, [0, 0, 0, 2_147_483_649, 4], 1, "in row 3: rank 2147483648 is beyond 2147483647"),
            (.timeOfDay, [7, 5, 8, 9, 2], 2, "in row 4: time 2 is outside of those of the footer"),
            (.timeOfDay, [7, 5, 8, 10, 3], 1, "in row 3: time 10 is outside of those of the footer"),
        ] as [(PartitionFormat.Section, [UInt64], Int, String)])
    func aWrongValueIsNamedWithItsPlace(
        section: PartitionFormat.Section, values: [UInt64], block: Int, reason: String,
    ) throws {
        var dissection = try Dissection(
            PartitionEncoder.encode(PartitionForgeryTests.columns, key: .fixture(), using: Zstandard()))
        dissection.parts.removeAll { $0.section == section.rawValue }
        for start in stride(from: 0, to: values.count, by: 2) {
            let piece = Array(values[start..<min(start + 2, values.count)])
            dissection.parts.append(
                Dissection.Part(section: section.rawValue, part: 0, block: HandEncoding.bytePlanes().block(piece)))
        }
        let (bytes, reader) = (dissection.assembled, try folder.openPartition(dissection.assembled))
        let offsets = zip(reader.container.entries, reader.container.offsets)
            .filter { $0.0.section == section.rawValue }.map(\.1)
        let place = "corrupt at section \(section.name), block \(block), offset \(offsets[block])"
        for read in [
            { try readAll(bytes, in: folder) },
            {
                try reader.verify(using: Zstandard()); return nil
            },
        ]
            as [() throws -> ExposureColumns?]
        {
            let error = #expect(throws: FormatError.self) { try read() }
            #expect(error?.detail == "\(place): \(reason)")
        }
    }

    @Test func aMisplacedUserIsNamedWithItsBlock() throws {
        let detail = try #require(throws: FormatError.self) {
            var dissection = try Dissection(
                PartitionEncoder.encode(PartitionForgeryTests.columns, key: .fixture(), using: Zstandard()))
            dissection.replace(.userDictionary, with: IdentifierList(["v", "u"]))
            _ = try readAll(dissection.assembled, in: folder)
        }.detail
        #expect(detail.hasPrefix("corrupt at section user_dictionary, block 0, offset "))
        #expect(detail.hasSuffix(": id 1 does not stand after the one before it"))
    }

    /// What is wrong with an entry of the section table is told with the place of its block.
    @Test(
        arguments: [
            (2, 8, "there is no encoding 8"), (3, 2, "there is no codec 2"), (6, 2, "no block has 131077 rows"),
            (4, 0, "no block has 0 rows"), (9, 9, " raw bytes are too few or too many for its rows"),
        ] as [(Int, UInt8, String)])
    func aWrongEntryIsNamedWithItsPlace(offset: Int, byte: UInt8, reason: String) throws {
        var bytes = PartitionEncoder.encode(PartitionForgeryTests.columns, key: .fixture(), using: Zstandard())
        let container = try folder.openPartition(bytes).container
        let tail = bytes.count - FileFormat.tailByteCount
        let last = container.entries.count - 1
        bytes[tail - BlockEntry.byteCount + offset] = byte
        let forged = FileRepair.repaired(bytes)
        let error = #expect(throws: FormatError.self) { try readAll(forged, in: folder) }
        let place = "corrupt at section rank, block 0, offset \(container.offsets[last]): "
        #expect(error?.detail.hasPrefix(place) == true && error?.detail.hasSuffix(reason) == true)
    }

    /// The three things that the tail says of the file, apart.
    @Test func aWrongTailIsToldApart() throws {
        let bytes = PartitionEncoder.encode(PartitionForgeryTests.columns, key: .fixture(), using: Zstandard())
        let tail = bytes.count - FileFormat.tailByteCount
        let reasons = [
            (4, "a reserved field is not zero"),
            (16, "the file has \(bytes.count) bytes and not \(bytes.count ^ 1), as it says"),
            (24, "the file does not end as it should: it is cut off, or was appended to or overwritten"),
            (2, "the footer is longer than the file"),
        ]
        for (offset, reason) in reasons {
            var damaged = bytes
            damaged[tail + offset] ^= 1
            let error = #expect(throws: FormatError.self) { try readAll(damaged, in: folder) }
            #expect(error?.detail == "corrupt tail at offset \(tail): \(reason)")
        }
    }

    /// Sums of what many files claim are taken before anything is read of them, so a claim is checked at once.
    @Test(arguments: [0, 4, 6, 65_541, Int.max] as [Int])
    func moreRowsThanTheBlocksHave(rowCount: Int) throws {
        var dissection = try Dissection(
            PartitionEncoder.encode(PartitionForgeryTests.columns, key: .fixture(), using: Zstandard()))
        for index in 0..<8 { dissection.metadata[8 + index] = UInt8(truncatingIfNeeded: rowCount >> (index * 8)) }
        let error = #expect(throws: FormatError.self) { try folder.openPartition(dissection.assembled) }
        let isMalformed = rowCount < 3
        #expect(
            error?.detail
                == (isMalformed
                    ? "corrupt footer: the statistics are malformed"
                    : "corrupt at section user: 5 rows instead of \(rowCount)"))
    }
}
