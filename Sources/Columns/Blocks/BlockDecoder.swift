import Platform

/// Turns the stored bytes of a block, of which nothing is known yet, into values that are what was written.
enum BlockDecoder {
    /// The values of a block of numbers.
    ///
    /// - Throws: Why the bytes are not what the entry says.
    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    static func values<Value: ColumnValue>(
        of entry: BlockEntry, in stored: RawSpan, using zstandard: Zstandard, as type: Value.Type,
    ) throws(BlockDamage) -> [Value] {
        guard let encoding = entry.encoding.encoding else { throw .unexpectedEncoding }
        guard Checksum.xxh3(stored) == entry.checksum else { throw .checksumMismatch }
        let decoded: [Value]?
        if entry.codec == .none {
            decoded = encoding.decode(stored, count: entry.rowCount, as: type)
        } else {
            let raw = try decompressed(entry, stored, zstandard)
            decoded = encoding.decode(raw.rawSpan, count: entry.rowCount, as: type)
        }
        guard let decoded else { throw .malformedEncoding }
        return decoded
    }

    /// The bytes of a block of text.
    ///
    /// - Throws: Why the bytes are not what the entry says.
    static func text(
        of entry: BlockEntry, in stored: RawSpan, using zstandard: Zstandard,
    ) throws(BlockDamage) -> [UInt8] {
        guard entry.encoding == .text else { throw .unexpectedEncoding }
        guard Checksum.xxh3(stored) == entry.checksum else { throw .checksumMismatch }
        return entry.codec == .none ? stored.copiedBytes : try decompressed(entry, stored, zstandard)
    }

    private static func decompressed(
        _ entry: BlockEntry, _ stored: RawSpan, _ zstandard: Zstandard,
    ) throws(BlockDamage) -> [UInt8] {
        guard let raw = zstandard.decompress(stored, byteCount: entry.rawByteCount) else { throw .malformedFrame }
        return raw
    }
}

/// Why the stored bytes of a block are not what was written.
enum BlockDamage: Error, CustomStringConvertible {
    case checksumMismatch
    case malformedFrame
    case malformedEncoding
    case unexpectedEncoding

    var description: String {
        switch self {
        case .checksumMismatch: "the checksum of the stored bytes does not match"
        case .malformedFrame: "the zstd frame does not hold what the section table says"
        case .malformedEncoding: "the encoded values are malformed"
        case .unexpectedEncoding: "the encoding does not suit what the block is for"
        }
    }
}
