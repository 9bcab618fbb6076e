import Platform
import TestSupport
import Testing

@testable import Columns

/// A file of blocks, taken apart to be put together otherwise: with right checksums, so that only its content is wrong.
struct Dissection {
    struct Part {
        var section: UInt8
        var part: UInt8
        var block: EncodedBlock

        /// The values of a block of numbers.
        func values() throws -> [UInt64] {
            let stored = block.stored
            return try UnverifiedBlock(BlockEntry(section: section, part: part, block: block), stored: stored.rawSpan)
                .verified().values(as: UInt64.self, using: Zstandard())
        }

        /// The bytes of a block of text.
        func text() throws -> [UInt8] { try #require(block.encoding == .text ? raw() : nil) }

        /// The bytes of a block before compression.
        func raw() throws -> [UInt8] {
            let stored = block.stored
            if block.codec == .none { return stored }
            let raw = Zstandard().decompress(stored.rawSpan, byteCount: block.rawByteCount)
            return try #require(raw)
        }
    }

    var parts: [Part]
    var metadata: [UInt8]

    /// Takes a partition file apart.
    init(_ bytes: [UInt8]) throws {
        let container = try TemporaryFolder().openPartition(bytes).container
        metadata = container.metadata
        parts = zip(container.entries, container.offsets).map { entry, offset in
            let block = EncodedBlock(
                encoding: entry.encoding, codec: entry.codec, rowCount: entry.rowCount,
                rawByteCount: entry.rawByteCount, stored: Array(bytes[offset..<(offset + entry.storedByteCount)]))
            return Part(section: entry.section, part: entry.part, block: block)
        }
    }

    /// The file of the parts as they are now.
    var assembled: [UInt8] {
        var writer = ContainerWriter(format: PartitionFormat.file)
        for part in parts { writer.append(section: part.section, part: part.part, part.block) }
        return writer.finish(metadata: metadata)
    }

    /// Puts another column in place of that of a section.
    mutating func replace<Value: ColumnValue>(_ section: PartitionFormat.Section, with column: [Value]) {
        let blocks = EncodedBlock.encode(column: column, using: Zstandard())
        parts.removeAll { $0.section == section.rawValue }
        parts += blocks.map { Part(section: section.rawValue, part: 0, block: $0) }
    }

    /// Puts another dictionary in place of that of a section.
    mutating func replace(_ section: PartitionFormat.Section, with identifiers: IdentifierList) {
        let blocks = DictionaryBlocks.encode(identifiers, using: Zstandard())
        parts.removeAll { $0.section == section.rawValue }
        parts += blocks.map { Part(section: section.rawValue, part: $0.part.rawValue, block: $0.block) }
    }
}

/// Everything a partition file holds, as a reader gets it that reads all.
func readAll(_ bytes: [UInt8], in folder: TemporaryFolder) throws -> ExposureColumns {
    try folder.openPartition(bytes).columns(using: Zstandard())
}

/// The code of the error with which a partition file is refused; nil if it is not.
func refusal(_ bytes: [UInt8], in folder: TemporaryFolder) throws -> FormatError.Code? {
    do {
        _ = try readAll(bytes, in: folder)
        return nil
    } catch let error as FormatError {
        return error.code
    }
}
