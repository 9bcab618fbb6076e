import Platform

/// What a file's section table says of one block. 24 bytes:
///
///     section   u8     what the block belongs to
///     part      u8     which part of that
///     encoding  u8
///     codec     u8
///     rows      u32    number of values, at least 1; of bytes where the encoding is text
///     raw       u32    bytes before compression, at least 1
///     stored    u32    bytes in the file, at least 1
///     checksum  u64    XXH3-64 of the stored bytes
package struct BlockEntry: Equatable, Sendable {
    package let section: UInt8
    package let part: UInt8
    package let encoding: EncodingIdentifier
    package let codec: CodecIdentifier
    package let rowCount: Int
    package let rawByteCount: Int
    package let storedByteCount: Int
    package let checksum: UInt64

    /// The size of an entry in a file.
    static let byteCount = 24

    /// The entry of a block that is about to be stored.
    init(section: UInt8, part: UInt8, block: EncodedBlock) {
        self.section = section
        self.part = part
        self.encoding = block.encoding
        self.codec = block.codec
        self.rowCount = block.rowCount
        self.rawByteCount = block.rawByteCount
        self.storedByteCount = block.stored.count
        self.checksum = Checksum.xxh3(block.stored.rawSpan)
    }

    /// An entry of a file, each field of which is within its range: check 8 of the specification. The sizes are so
    /// before memory is taken for what they promise.
    init(verifying entry: UnverifiedEntry) throws(BlockDamage) {
        guard let encoding = EncodingIdentifier(rawValue: entry.encoding) else {
            throw .unknownEncoding(entry.encoding)
        }
        guard let codec = CodecIdentifier(rawValue: entry.codec) else { throw .unknownCodec(entry.codec) }
        guard entry.rowCount >= 1, encoding == .text || entry.rowCount <= EncodedBlock.maximumRowCount else {
            throw .rowCountOutOfRange(entry.rowCount)
        }
        guard BlockEntry.isPlausible(entry.rawByteCount, encoding, rowCount: entry.rowCount) else {
            throw .rawByteCountOutOfRange(entry.rawByteCount)
        }
        guard codec.mayHold(entry.rawByteCount, in: entry.storedByteCount) else {
            throw .storedByteCountOutOfRange(entry.storedByteCount, rawByteCount: entry.rawByteCount)
        }
        section = entry.section
        part = entry.part
        self.encoding = encoding
        self.codec = codec
        rowCount = entry.rowCount
        rawByteCount = entry.rawByteCount
        storedByteCount = entry.storedByteCount
        checksum = entry.checksum
    }

    func write(into writer: inout ByteWriter) {
        writer.append(section)
        writer.append(part)
        writer.append(encoding.rawValue)
        writer.append(codec.rawValue)
        writer.append(UInt32(rowCount))
        writer.append(UInt32(rawByteCount))
        writer.append(UInt32(storedByteCount))
        writer.append(checksum)
    }

    private static func isPlausible(_ rawByteCount: Int, _ encoding: EncodingIdentifier, rowCount: Int) -> Bool {
        if encoding == .text { return rawByteCount == rowCount }
        // No encoding needs more than its parameters and 12 bytes a value.
        return (1...(32 + rowCount * 12)).contains(rawByteCount)
    }
}

extension CodecIdentifier {
    /// True if so many stored bytes may hold so many raw ones.
    ///
    /// A zstd frame is made of blocks of at least four bytes, a header of three and what it holds, each of which gives
    /// at most 128 KiB (RFC 8878, 3.1.1.2). The fourth byte of the frame's magic number is of no block: hence the 1.
    fileprivate func mayHold(_ rawByteCount: Int, in storedByteCount: Int) -> Bool {
        switch self {
        case .none: storedByteCount == rawByteCount
        case .zstd: storedByteCount >= 1 && rawByteCount <= 131_072 * (storedByteCount / 4 + 1)
        }
    }
}
