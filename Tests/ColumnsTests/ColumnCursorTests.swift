import Platform
import TestSupport
import Testing

@testable import Columns

/// A column is read in pieces of any length, whatever its blocks hold.
@Suite struct ColumnCursorTests {
    private static let format = FileFormat(
        letters: (UInt8(ascii: "R"), UInt8(ascii: "S"), UInt8(ascii: "T")), version: 1, name: "test",
        section: { FileSection("\($0)", .numbers32) })
    private let folder = TemporaryFolder()

    /// A file with a column of the numbers from 0 on, in blocks of these lengths, and another between them.
    private func container(_ blockCounts: [Int]) throws -> ContainerReader {
        let zstandard = Zstandard()
        var bytes: [UInt8] = []
        var stream = ContainerStream(format: ColumnCursorTests.format) { bytes += $0.copiedBytes }
        var start = 0
        for count in blockCounts {
            let values = (start..<start + count).map { UInt32($0) }
            let other: [UInt32] = [7]
            stream.append(section: 1, EncodedBlock.encode(values.span, using: zstandard)) { bytes += $0.copiedBytes }
            stream.append(section: 2, EncodedBlock.encode(other.span, using: zstandard)) { bytes += $0.copiedBytes }
            start += count
        }
        stream.finish(metadata: []) { bytes += $0.copiedBytes }
        return try ContainerReader(DataFile(path: folder.write(bytes, as: "file")), format: ColumnCursorTests.format)
    }

    @Test(arguments: [[], [1], [5, 5, 5], [1, 2, 3, 4, 5], [16], [3, 13]])
    func everyStep(blockCounts: [Int]) throws {
        let container = try container(blockCounts)
        let count = blockCounts.reduce(0, +)
        for step in 1...17 {
            var cursor = try ColumnCursor<UInt32>(container, section: 1, count: count, using: Zstandard())
            var values: [UInt32] = []
            while values.count < count {
                let piece = try cursor.read(min(step, count - values.count))
                #expect(piece.count == min(step, count - values.count))
                values += piece
            }
            #expect(values == (0..<count).map { UInt32($0) })
            #expect(try cursor.read(0).isEmpty)
        }
    }

    @Test func aSectionOfAnotherLengthIsRefused() throws {
        let container = try container([2, 3])
        for count in [0, 4, 6] {
            #expect(throws: FormatError.self) {
                try ColumnCursor<UInt32>(container, section: 1, count: count, using: Zstandard())
            }
        }
    }

    /// The stream makes just the bytes that the writer makes.
    @Test func streamAndWriterAgree() throws {
        let zstandard = Zstandard()
        let values: [UInt32] = [3, 1, 2]
        let block = EncodedBlock.encode(values.span, using: zstandard)
        var writer = ContainerWriter(format: ColumnCursorTests.format)
        writer.append(section: 1, block)
        writer.append(section: 2, part: 3, block)
        var bytes: [UInt8] = []
        var stream = ContainerStream(format: ColumnCursorTests.format) { bytes += $0.copiedBytes }
        stream.append(section: 1, block) { bytes += $0.copiedBytes }
        stream.append(section: 2, part: 3, block) { bytes += $0.copiedBytes }
        stream.finish(metadata: [1, 2]) { bytes += $0.copiedBytes }
        #expect(writer.finish(metadata: [1, 2]) == bytes)
    }
}
