import Platform

/// A block as it stands in a file: what the section table says of it, and bytes of which nothing is known yet.
///
/// The only way on is `verified()`. Nothing is copied.
struct UnverifiedBlock: ~Escapable {
    private let entry: BlockEntry
    private let stored: RawSpan

    /// - Parameter stored: As many bytes as the entry says.
    @_lifetime(copy stored)
    init(_ entry: BlockEntry, stored: RawSpan) {
        self.entry = entry
        self.stored = stored
    }

    /// The block, if its stored bytes have the checksum of the entry.
    @_lifetime(copy self)
    func verified() throws(BlockDamage) -> VerifiedBlock {
        guard Checksum.xxh3(stored) == entry.checksum else { throw .checksumMismatch }
        return VerifiedBlock(entry, stored: stored)
    }
}

/// A block whose stored bytes are those that its writer wrote, as far as a checksum can tell. That they are what a
/// writer may write is checked where they become values.
struct VerifiedBlock: ~Escapable {
    private let entry: BlockEntry
    private let stored: RawSpan

    @_lifetime(copy stored)
    fileprivate init(_ entry: BlockEntry, stored: RawSpan) {
        self.entry = entry
        self.stored = stored
    }

    /// The values of a block of numbers, as many as its entry says.
    ///
    /// - Throws: Why the bytes are not what the entry says.
    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    func values<Value: ColumnValue>(as type: Value.Type, using zstandard: Zstandard) throws(BlockDamage) -> [Value] {
        guard let encoding = entry.encoding.encoding else { throw .unexpectedEncoding }
        let decoded: [Value]?
        if entry.codec == .none {
            decoded = encoding.decode(stored, count: entry.rowCount, as: type)
        } else {
            let raw = try decompressed(using: zstandard)
            decoded = encoding.decode(raw.rawSpan, count: entry.rowCount, as: type)
        }
        guard let decoded else { throw .malformedEncoding }
        return decoded
    }

    /// The bytes of a block of text.
    ///
    /// - Throws: Why the bytes are not what the entry says.
    func text(using zstandard: Zstandard) throws(BlockDamage) -> [UInt8] {
        guard entry.encoding == .text else { throw .unexpectedEncoding }
        return entry.codec == .none ? stored.copiedBytes : try decompressed(using: zstandard)
    }

    private func decompressed(using zstandard: Zstandard) throws(BlockDamage) -> [UInt8] {
        guard let raw = zstandard.decompress(stored, byteCount: entry.rawByteCount) else { throw .malformedFrame }
        return raw
    }
}
