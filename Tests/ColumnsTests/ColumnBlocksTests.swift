import Platform
import TestSupport
import Testing

@testable import Columns

/// Any values of a column can be read, whatever its blocks hold.
@Suite struct ColumnBlocksTests {
    private static let format = FileFormat(
        letters: (UInt8(ascii: "R"), UInt8(ascii: "S"), UInt8(ascii: "T")), version: 1, name: "test",
        section: { FileSection("\($0)", .numbers32) })
    private let folder = TemporaryFolder()

    /// A file with a column of the numbers from 0 on, in blocks of these lengths, and another behind it.
    private func bytes(_ blockCounts: [Int]) -> [UInt8] {
        let zstandard = Zstandard()
        var writer = ContainerWriter(format: ColumnBlocksTests.format)
        var start = 0
        for count in blockCounts {
            writer.append(section: 1, column: (start..<start + count).map { UInt32($0) }, using: zstandard)
            start += count
        }
        writer.append(section: 2, column: [UInt32(7)], using: zstandard)
        return writer.finish(metadata: [])
    }

    private func container(_ bytes: [UInt8]) throws -> ContainerReader {
        try ContainerReader(DataFile(path: folder.write(bytes, as: "file")), format: ColumnBlocksTests.format)
    }

    @Test(arguments: [[], [1], [5, 5, 5], [1, 2, 3, 4, 5], [13], [3, 10]])
    func everyRange(blockCounts: [Int]) throws {
        let count = blockCounts.reduce(0, +)
        let container = try container(bytes(blockCounts))
        var column = try ColumnBlocks<UInt32>(container, section: 1, count: count, using: Zstandard())
        for start in 0...count {
            for end in start...count {
                #expect(try column.values(in: start..<end) == (start..<end).map { UInt32($0) })
                let places = column.places(of: start..<end)
                let held = places.flatMap { column.starts[$0]..<column.starts[$0 + 1] }
                #expect(Set(start..<end).isSubset(of: held))
                #expect(places.isEmpty == (start == end))
            }
        }
    }

    @Test func aSectionOfAnotherLengthIsRefused() throws {
        let container = try container(bytes([2, 3]))
        for count in [0, 4, 6] {
            #expect(throws: FormatError.self) {
                try ColumnBlocks<UInt32>(container, section: 1, count: count, using: Zstandard())
            }
        }
    }

    /// A damaged block concerns its own values alone, again and again.
    @Test func damageIsMetWhereItIs() throws {
        var bytes = bytes([3, 3, 3])
        let second = try container(bytes).offsets[1]
        bytes[second] ^= 1
        var column = try ColumnBlocks<UInt32>(container(bytes), section: 1, count: 9, using: Zstandard())
        for _ in 0..<2 {
            #expect(try column.values(in: 0..<3) == [0, 1, 2])
            #expect(throws: FormatError.self) { try column.values(in: 2..<4) }
            #expect(try column.values(in: 6..<9) == [6, 7, 8])
        }
    }

    @Test func valuesThatTheFormatForbidsAreNotGivenOut() throws {
        let container = try container(bytes([3, 3]))
        var column = try ColumnBlocks<UInt32>(
            container, section: 1, count: 6, using: Zstandard(),
            check: { values, first throws(FormatError) in
                if let index = values.firstIndex(of: 4) {
                    throw container.corrupt(section: 1, at: first + index, "four")
                }
            })
        #expect(try column.values(in: 0..<3) == [0, 1, 2])
        #expect(throws: FormatError.self) { try column.values(in: 3..<4) }
    }
}
