import Platform
import TestSupport

@testable import Columns

extension GoldenPartition {
    /// Files that other writers may make, and ours does not.
    static let handmade = [
        GoldenPartition("small-blocks", medley, make: smallBlocks),
        GoldenPartition("mixed-groups", mixed, make: mixedGroups),
        GoldenPartition("zstd-frames", medley, make: zstandardFrames),
        GoldenPartition("unknown-optional", medley, make: unknownOptional),
        GoldenPartition("sorted-run", medley, make: sortedRun),
    ]

    /// Columns in blocks of few rows, others in each column, blocks of one section apart from each other, sections in
    /// another order.
    @Sendable private static func smallBlocks(_ columns: ExposureColumns, _ key: PartitionKey) throws -> [UInt8] {
        var dissection = try Dissection(PartitionEncoder.encode(columns, key: key, using: Zstandard()))
        var sections: [[Dissection.Part]] = []
        for part in dissection.parts {
            if part.block.encoding == .text || part.section < 16 {
                sections.append([part])
            } else {
                let (values, step) = (try part.values(), Int(part.section) % 4 + 1)
                sections.append(
                    stride(from: 0, to: values.count, by: step).map { start in
                        let block = HandEncoding.bytePlanes().block(
                            Array(values[start..<min(start + step, values.count)]))
                        return Dissection.Part(section: part.section, part: 0, block: block)
                    })
            }
        }
        // The first of each section from the last section to the first, then the second of each, and so on. Parts of
        // a dictionary stay in their order.
        let rounds = sections.map(\.count).max() ?? 0
        dissection.parts = sections.filter { $0[0].section < 16 }.flatMap { $0 }
        for round in 0..<rounds {
            dissection.parts += sections.reversed().compactMap { blocks in
                round < blocks.count && blocks[0].section >= 16 ? blocks[round] : nil
            }
        }
        return dissection.assembled
    }

    /// Rows with as many ids as `mixedGroups` has.
    private static let mixed: [Exposure] = mixedIdentifiers.joined().enumerated().map { index, id in
        Exposure(session: id, request: id, item: id, at: UInt64(index))
    }.sorted { $0.session.utf8.lexicographicallyPrecedes($1.session.utf8) }

    private static let mixedIdentifiers = [
        ["10", "9"], ["b", "a", "\0"], ["01234567-89ab-cdef-fedc-ba9876543210"], ["0"], ["日本"],
        ["ffffffff-89ab-cdef-fedc-ba9876543210", "00000000-89ab-cdef-fedc-ba9876543210"], ["18446744073709551615"],
    ]

    /// Dictionaries in groups of all kinds, and numbers in groups of text.
    @Sendable private static func mixedGroups(_ columns: ExposureColumns, _ key: PartitionKey) throws -> [UInt8] {
        let zstandard = Zstandard()
        var dissection = try Dissection(PartitionEncoder.encode(columns, key: key, using: zstandard))
        let order = mixedIdentifiers.joined()
        let codes = columns.exposures.map { row in
            UInt32(order.enumerated().first { $0.element == row.session }?.offset ?? 0) + 1
        }
        for column in [IdentifierColumn.session, .request, .item] {
            dissection.replace(column.codes, with: codes)
            dissection.parts.removeAll { $0.section == column.dictionary.rawValue }
            for group in mixedIdentifiers {
                let blocks =
                    column == .item
                    ? textBlocks(group)
                    : DictionaryBlocks.encode(
                        IdentifierList(group), using: zstandard)
                dissection.parts += blocks.map {
                    Dissection.Part(section: column.dictionary.rawValue, part: $0.part.rawValue, block: $0.block)
                }
            }
        }
        return dissection.assembled
    }

    @Sendable private static func textBlocks(_ ids: [String]) -> [(part: DictionaryPart, block: EncodedBlock)] {
        let text = ids.flatMap { Array($0.utf8) }
        return [
            (.textLengths, HandEncoding.narrow().block(ids.map { UInt64($0.utf8.count) })),
            (.text, EncodedBlock(raw: text, .text, .none, rowCount: text.count)),
        ]
    }

    /// Blocks in zstd frames that the library does not write: without the size of their content, of raw blocks and of
    /// blocks of one repeated byte, with empty blocks between them.
    @Sendable private static func zstandardFrames(_ columns: ExposureColumns, _ key: PartitionKey) throws -> [UInt8] {
        var dissection = try Dissection(PartitionEncoder.encode(columns, key: key, using: Zstandard()))
        for index in dissection.parts.indices {
            let block = dissection.parts[index].block
            let raw = try dissection.parts[index].raw()
            dissection.parts[index].block = EncodedBlock(
                encoding: block.encoding, codec: .zstd, rowCount: block.rowCount, rawByteCount: raw.count,
                stored: HandFrame.frame(raw, tellsSize: index % 2 == 0))
        }
        return dissection.assembled
    }

    /// Optional features, and blocks of an optional section whose entries mean what only a later version knows.
    @Sendable private static func unknownOptional(_ columns: ExposureColumns, _ key: PartitionKey) throws -> [UInt8] {
        var dissection = try Dissection(PartitionEncoder.encode(columns, key: key, using: Zstandard()))
        let block = EncodedBlock(encoding: .constant, codec: .none, rowCount: 1, rawByteCount: 1, stored: [1, 2, 3])
        let empty = EncodedBlock(encoding: .constant, codec: .none, rowCount: 1, rawByteCount: 1, stored: [])
        dissection.parts.insert(Dissection.Part(section: 200, part: 0, block: block), at: 2)
        dissection.parts.append(Dissection.Part(section: 255, part: 0, block: empty))
        var file = dissection.assembled
        let table = file.count - FileFormat.tailByteCount - dissection.parts.count * BlockEntry.byteCount
        for entry in [table + 2 * BlockEntry.byteCount, file.count - FileFormat.tailByteCount - BlockEntry.byteCount] {
            // Part, encoding, codec, rows, raw length; and behind the stored length the checksum.
            for offset in Array(1..<12) + Array(16..<24) { file[entry + offset] = 0xEE }
        }
        file.replaceSubrange(16..<20, with: [0xFF, 0xFF, 0xFF, 0xFF])
        return FileRepair.repaired(file)
    }

    /// With the optional section that runs have, as if each row came in a piece of its own.
    @Sendable private static func sortedRun(_ columns: ExposureColumns, _ key: PartitionKey) -> [UInt8] {
        var columns = columns
        columns.arrivals = (0..<UInt32(columns.count)).map { $0 * 1000 }
        return RunEncoder.encode(columns, key: key, using: Zstandard())
    }
}
