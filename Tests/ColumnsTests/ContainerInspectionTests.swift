import Platform
import TestSupport
import Testing

@testable import Columns

/// Of a damaged file it is told what is damaged, and the rest can be looked at.
@Suite struct ContainerInspectionTests {
    private let folder = TemporaryFolder()
    private let zstandard = Zstandard()

    private static let bytes: [UInt8] = {
        let text = String(repeating: "long", count: 40)
        let columns = ExposureColumns([
            Exposure(session: "x", item: "1", at: 7), Exposure(user: "u", session: text, item: "2", at: 8),
        ])
        return PartitionEncoder.encode(columns, key: .fixture(), using: Zstandard())
    }()

    private var tail: Int { ContainerInspectionTests.bytes.count - FileFormat.tailByteCount }

    private func inspection(_ bytes: [UInt8]) throws -> ContainerInspection {
        try ContainerInspection(DataFile(path: folder.write(bytes, as: "file")), format: PartitionFormat.file)
    }

    private func inspection(_ change: (inout [UInt8]) -> Void) throws -> ContainerInspection {
        var bytes = ContainerInspectionTests.bytes
        change(&bytes)
        return try inspection(bytes)
    }

    /// Everything that is wrong.
    private func problems(_ inspection: ContainerInspection) -> [String] {
        inspection.problems.map(\.detail)
            + inspection.blocks.compactMap { block in
                block.problem == nil ? inspection.problem(of: block, using: zstandard)?.detail : nil
            }
    }

    @Test func ofASoundFileThereIsNothingToTell() throws {
        let inspection = try inspection(ContainerInspectionTests.bytes)
        #expect(problems(inspection) == [])
        let reader = try folder.openPartition(ContainerInspectionTests.bytes).container
        #expect(inspection.blocks.map(\.place.offset) == reader.offsets)
        #expect(inspection.blocks.map(\.readerIndex) == Array(reader.entries.indices))
        #expect(inspection.reader.entries == reader.entries)
        #expect(inspection.reader.metadata == reader.metadata)
        #expect(inspection.header.content?.version == 1)
    }

    @Test func aDamagedHeaderHidesNothing() throws {
        let inspection = try inspection { $0[9] ^= 1 }
        #expect(problems(inspection) == ["corrupt header at offset 0: the checksum does not match"])
        #expect(inspection.header.content?.version == 257)
        #expect(try inspection.reader.values(ofBlock: 0, as: UInt32.self, using: zstandard) == [1])
    }

    @Test func aDamagedBlockIsNamed() throws {
        let inspection = try inspection { $0[FileFormat.headerByteCount] ^= 1 }
        let reason = "the checksum of the stored bytes does not match"
        #expect(problems(inspection) == ["corrupt at section user_dictionary, block 0, offset 32: \(reason)"])
    }

    /// The entries of the section table stand before the tail, 24 bytes each.
    @Test func aDamagedEntryHidesItsBlockAlone() throws {
        let count = try inspection(ContainerInspectionTests.bytes).blocks.count
        for index in 0..<count {
            let entry = tail - (count - index) * BlockEntry.byteCount
            let inspection = try inspection { $0[entry + 2] = 99 }
            #expect(inspection.footer.problem?.detail.hasSuffix("the checksum does not match") == true)
            #expect(inspection.blocks[index].problem?.detail.hasSuffix("there is no encoding 99") == true)
            #expect(inspection.blocks[index].readerIndex == nil)
            #expect(problems(inspection).count == 2)
        }
    }

    @Test func aBlockBeyondTheFooter() throws {
        let entry = tail - BlockEntry.byteCount
        // As if it were compressed: else it would have as many stored bytes as raw ones.
        let inspection = try inspection { bytes in
            bytes[entry + 3] = CodecIdentifier.zstd.rawValue
            bytes.replaceSubrange((entry + 12)..<(entry + 16), with: [0, 0, 1, 0])
        }
        let problems = inspection.problems.map(\.detail)
        #expect(problems.count == 3)
        #expect(problems.contains { $0.hasPrefix("corrupt at section rank, block 0") && $0.hasSuffix("the footer") })
        #expect(inspection.tableProblem != nil)
        #expect(inspection.blocks.dropLast().allSatisfy { inspection.problem(of: $0, using: zstandard) == nil })
    }

    @Test func aDamagedTailHidesTheFooterOnlyIfItIsNotWhereItSays() throws {
        let inspections = try [16, 24, 4].map { offset in try inspection { $0[tail + offset] ^= 1 } }
        for inspection in inspections { #expect(problems(inspection).count == 1 && !inspection.blocks.isEmpty) }
        let details = inspections.map { $0.tail.problem?.detail ?? "" }
        #expect(details[0].contains("bytes and not"))
        #expect(details[1].hasSuffix("or was appended to or overwritten"))
        #expect(details[2].hasSuffix("a reserved field is not zero"))
        let lost = try inspection { $0[tail + 3] ^= 1 }
        #expect(lost.blocks.isEmpty && lost.footer.content == nil && lost.footer.problem != nil)
    }

    @Test func whatIsCutOffAnywhere() throws {
        for prefix in SmallWorlds.truncations(of: ContainerInspectionTests.bytes) {
            let inspection = try inspection(Array(prefix))
            #expect(inspection.tail.problem != nil)
            #expect((inspection.header.content != nil) == (prefix.count >= 64))
        }
    }

    @Test func whateverBitIsDamagedIsToldOf() throws {
        let untold = try SmallWorlds.bitFlips(of: ContainerInspectionTests.bytes).first { flip in
            try problems(inspection(flip.bytes)).isEmpty
        }
        #expect(untold?.bit == nil)
    }

    @Test func unknownOptionalSectionsAreShownAndNotJudged() throws {
        var dissection = try Dissection(ContainerInspectionTests.bytes)
        let block = EncodedBlock.encode([1, 2, 3] as [UInt32], using: zstandard)
        dissection.parts.insert(Dissection.Part(section: 200, part: 77, block: block), at: 2)
        let inspection = try inspection(dissection.assembled)
        #expect(problems(inspection) == [])
        #expect(inspection.blocks[2].entry.section == 200)
        #expect(inspection.blocks[2].readerIndex == nil)
    }

    @Test func blocksOfSectionsAndPartsThatThereAreNot() throws {
        var dissection = try Dissection(ContainerInspectionTests.bytes)
        dissection.parts[0].part = 6
        dissection.parts[1].section = 127
        dissection.parts[2].part = 1
        #expect(try problems(inspection(dissection.assembled)).count == 3)
    }
}
