import Columns
import Platform
import TestSupport
import Testing

@testable import DumpCommands

/// Whatever is damaged, no row is printed that was not written, and with `--skip-damaged` all that can be read are.
@Suite struct DamagedRowsTests {
    private let partition: ChoppedPartition
    private let container: ContainerReader

    init() throws {
        partition = try ChoppedPartition(count: 12, longest: 6, seed: 9)
        // A file of its own, for the others are written over each other.
        container = try partition.folder.openPartition(partition.bytes).container
    }

    /// The file with the bytes of some blocks changed.
    private func bytes(damaging blocks: Set<Int>) -> [UInt8] {
        var bytes = partition.bytes
        for block in blocks { bytes[container.offsets[block]] ^= 0x55 }
        return bytes
    }

    /// The rows that need none of these blocks: neither for a value of theirs nor for one of their ids.
    private func readableRows(without blocks: Set<Int>) throws -> [Int] {
        let reader = try PartitionReader(container)
        var rows = try PartitionRows(reader, using: Zstandard())
        let bad = rows.spans.filter { !blocks.isDisjoint(with: $0.blocks.values) }.flatMap(\.rows)
        var readable = Set(0..<reader.rowCount).subtracting(bad)
        for column in IdentifierColumn.allCases {
            let dictionary = rows.dictionary(column)
            let runs = (0..<dictionary.runCount).filter { !blocks.isDisjoint(with: dictionary.blocks(ofRun: $0)) }
            let numbers = runs.flatMap { dictionary.numbers(ofRun: $0) }
            let codes = try rows.codes(column, in: 0..<reader.rowCount)
            readable = readable.filter { !numbers.contains(Int(codes[$0]) - 1) }
        }
        return readable.sorted()
    }

    private func expectRest(without blocks: Set<Int>) throws {
        let bytes = bytes(damaging: blocks)
        let rows = try readableRows(without: blocks)
        let all = partition.lines(partition.exposures)
        let (lines, leftOutCount, error) = try partition.rows(of: bytes, skipsDamaged: true)
        #expect(lines == rows.map { all[$0] }, "\(blocks)")
        #expect(leftOutCount == all.count - rows.count)
        #expect(error == nil)
        for count in [1, 4] {
            let sample = try partition.rows(["--sample", "\(count)"], of: bytes, skipsDamaged: true).lines
            let number = min(count, lines.count)
            #expect(sample == (0..<number).map { lines[$0 * lines.count / number] })
        }
        // Without the flag there are good rows up to the first that is not, and an error.
        let (before, _, problem) = try partition.rows(of: bytes)
        #expect(before == Array(all.prefix(before.count)))
        #expect(before.count < all.count)
        #expect(problem?.code == .corrupt)
    }

    @Test func everyBlock() throws {
        for block in container.entries.indices { try expectRest(without: [block]) }
    }

    @Test func someBlocks() throws {
        var generator = SplitMix64(seed: 1)
        for _ in 0..<40 {
            let blocks = container.entries.indices.shuffled(using: &generator).prefix(
                .random(in: 2...6, using: &generator))
            try expectRest(without: Set(blocks))
        }
    }

    /// An id that is asked for is found if its block is intact, whatever the others are.
    @Test func filtersOfADamagedFile() throws {
        let all = partition.lines(partition.exposures)
        for block in container.entries.indices {
            let rows = try readableRows(without: [block])
            let item = partition.exposures[3].item
            let (lines, _, error) = try partition.rows(
                ["--item", item], of: bytes(damaging: [block]), skipsDamaged: true)
            #expect(lines == rows.filter { partition.exposures[$0].item == item }.map { all[$0] })
            #expect(error == nil)
        }
    }

    @Test func anyByte() throws {
        let all = partition.lines(partition.exposures)
        for index in partition.bytes.indices {
            var bytes = partition.bytes
            bytes[index] ^= 1 << UInt8(index % 8)
            let (lines, leftOutCount, error) = try partition.rows(of: bytes, skipsDamaged: true)
            #expect(lines.isSubsequence(of: all), "\(index)")
            // In the header and the footer a flip may leave all rows readable, but then nothing counts as left out.
            #expect(error != nil || lines.count + leftOutCount == all.count)
            if index % 4 > 0 { continue }
            let (before, _, problem) = try partition.rows(of: bytes)
            #expect(before == Array(all.prefix(before.count)))
            #expect(problem != nil || before == all)
        }
    }

    /// A file that was cut off, or appended to, gives an error and no row.
    @Test func otherLengths() throws {
        for bytes in SmallWorlds.truncations(of: partition.bytes) {
            #expect(throws: (any Error).self) { try partition.open(Array(bytes)).reliableContent() }
        }
        #expect(throws: FormatError.self) { try partition.open(partition.bytes + [0]).reliableContent() }
    }
}

extension [String] {
    /// True if the lines stand in `others` in this order, with others between them perhaps.
    fileprivate func isSubsequence(of others: [String]) -> Bool {
        var rest = self[...]
        for line in others where line == rest.first { rest = rest.dropFirst() }
        return rest.isEmpty
    }
}
