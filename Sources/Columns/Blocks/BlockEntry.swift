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

    /// What a reader needs of the entry of a block that it does not know: the bytes in the file. Nil for other entries.
    static func skippedByteCount(_ entry: RawSpan, in format: FileFormat) -> Int? {
        guard format.isSkipped(section: entry.load(at: 0, as: UInt8.self)) else { return nil }
        return Int(entry.load(at: 12, as: UInt32.self))
    }

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

    /// The next entry in the reader's bytes, or nil if a field is outside its range.
    init?(from reader: inout ByteReader) {
        guard let section = reader.read(UInt8.self), let part = reader.read(UInt8.self),
            let encoding = reader.read(UInt8.self).flatMap({ EncodingIdentifier(rawValue: $0) }),
            let codec = reader.read(UInt8.self).flatMap({ CodecIdentifier(rawValue: $0) }),
            let rowCount = reader.read(UInt32.self), rowCount >= 1,
            let rawByteCount = reader.read(UInt32.self), let storedByteCount = reader.read(UInt32.self),
            let checksum = reader.read(UInt64.self),
            BlockEntry.isPlausible(encoding, codec, rowCount, rawByteCount, storedByteCount)
        else { return nil }
        self.section = section
        self.part = part
        self.encoding = encoding
        self.codec = codec
        self.rowCount = Int(rowCount)
        self.rawByteCount = Int(rawByteCount)
        self.storedByteCount = Int(storedByteCount)
        self.checksum = checksum
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

    /// Bounds on the sizes, checked before memory is taken for them.
    private static func isPlausible(
        _ encoding: EncodingIdentifier, _ codec: CodecIdentifier, _ rows: UInt32, _ raw: UInt32, _ stored: UInt32,
    ) -> Bool {
        if raw == 0 || stored == 0 || codec == .none && raw != stored { return false }
        if encoding == .text { return raw == rows }
        // No encoding needs more than its parameters and 12 bytes a value.
        return rows <= EncodedBlock.maximumRowCount && Int(raw) <= 32 + Int(rows) * 12
    }
}
