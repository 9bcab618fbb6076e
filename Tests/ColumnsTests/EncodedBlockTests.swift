import Platform
import TestSupport
import Testing

@testable import Columns

/// A block is the smallest of what the encodings offer, the same one every time, and comes back from its bytes.
@Suite struct EncodedBlockTests {
    private let zstandard = Zstandard()

    private func values<Value: ColumnValue>(_ block: EncodedBlock, as type: Value.Type) throws -> [Value] {
        let entry = BlockEntry(section: 1, part: 0, block: block)
        let stored = block.stored
        return try UnverifiedBlock(entry, stored: stored.rawSpan).verified().values(as: type, using: zstandard)
    }

    /// The size of the block of every encoding that may be the smallest, but for those more than twice as large as
    /// another before compression.
    private func sizes<Value: ColumnValue>(_ values: [Value]) -> [(encoding: EncodingIdentifier, byteCount: Int)] {
        let statistics = BlockStatistics(values.span)
        let offers = numberEncodings.filter { $0.encoding?.mayBeSmallest(statistics) == true }
            .compactMap { identifier in encoded(values, identifier).map { (identifier, $0) } }
        let least = offers.map(\.1.count).min() ?? 0
        return offers.filter { $0.1.count <= least * 2 }.map { identifier, bytes in
            (identifier, min(bytes.count, zstandard.compress(bytes).count))
        }
    }

    /// True if the block of a list is what it should be, comes back, and is made anew just the same.
    private func isRight<Value: ColumnValue>(_ list: [Value]) throws -> Bool {
        let block = EncodedBlock.encode(list.span, using: zstandard)
        let again = EncodedBlock.encode(list.span, using: Zstandard())
        let sizes = sizes(list)
        let smallest = sizes.map(\.byteCount).min()
        return try block.stored.count == smallest && block.rowCount == list.count
            && block.encoding == sizes.first { $0.byteCount == smallest }?.encoding
            && again.stored == block.stored && again.encoding == block.encoding
            && values(block, as: Value.self) == list
    }

    @Test func shortLists() throws {
        for list in SmallWorlds.lists(of: [0, 1, 300, .max] as [UInt32], lengths: 1...4) where try !isRight(list) {
            Issue.record("\(list)")
            break
        }
    }

    @Test(arguments: ColumnPattern.allCases)
    func patterns(pattern: ColumnPattern) throws {
        #expect(try isRight(pattern.values(count: 5000, as: UInt32.self)))
        #expect(try isRight(pattern.values(count: 5000, as: UInt64.self)))
    }

    @Test func theObviousEncodingIsChosen() {
        let encodings = [ColumnPattern.constant, .twoRuns, .ascending].map { pattern in
            EncodedBlock.encode(pattern.values(count: 5000, as: UInt64.self).span, using: zstandard).encoding
        }
        #expect(encodings == [.constant, .runLength, .delta])
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 131_072, 131_073])
    func aColumnIsCutIntoFullBlocksAndARest(count: Int) throws {
        let column = (0..<count).map { UInt32($0 / 1000) }
        let blocks = EncodedBlock.encode(column: column, using: zstandard)
        #expect(blocks.dropLast().allSatisfy { $0.rowCount == 65_536 })
        #expect(blocks.map(\.rowCount).reduce(0, +) == count)
        #expect(blocks.allSatisfy { $0.rowCount > 0 })
        #expect(try blocks.flatMap { try values($0, as: UInt32.self) } == column)
    }

    @Test(arguments: [0, 1, 10, 1000])
    func textStaysAsItIs(byteCount: Int) throws {
        let text = [UInt8](repeating: 65, count: byteCount)
        let block = EncodedBlock.text(text, using: zstandard)
        let entry = BlockEntry(section: 1, part: 5, block: block)
        let stored = block.stored
        #expect(try UnverifiedBlock(entry, stored: stored.rawSpan).verified().text(using: zstandard) == text)
        #expect(block.codec == (byteCount > 100 ? .zstd : .none))
        #expect(throws: BlockDamage.unexpectedEncoding) { try values(block, as: UInt32.self) }
    }

    @Test func everyDamagedBitIsNoticed() {
        let block = EncodedBlock.encode(
            ColumnPattern.shortRuns.values(count: 500, as: UInt32.self).span, using: zstandard)
        let entry = BlockEntry(section: 1, part: 0, block: block)
        for flip in SmallWorlds.bitFlips(of: block.stored) {
            let stored = flip.bytes
            #expect(throws: BlockDamage.checksumMismatch) {
                _ = try UnverifiedBlock(entry, stored: stored.rawSpan).verified()
            }
        }
    }
}
