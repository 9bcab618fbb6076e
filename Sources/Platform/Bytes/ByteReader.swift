/// A place in bytes that were read from disk and are not to be trusted. Numbers are little-endian.
///
/// Every method returns nil, and stays where it is, if fewer bytes are left than it needs.
package struct ByteReader: ~Escapable {
    private let bytes: RawSpan
    /// How many bytes have been read.
    package private(set) var offset = 0

    @_lifetime(copy bytes)
    package init(_ bytes: RawSpan) {
        self.bytes = bytes
    }

    /// How many bytes are left.
    package var remainingCount: Int { bytes.byteCount - offset }

    /// The number in the next bytes.
    package mutating func read<Value: FixedWidthInteger & BitwiseCopyable>(_: Value.Type = Value.self) -> Value? {
        guard remainingCount >= Value.bitWidth / 8 else { return nil }
        defer { offset += Value.bitWidth / 8 }
        return bytes.load(at: offset)
    }

    /// The next `count` bytes.
    @_lifetime(copy self)
    package mutating func read(count: Int) -> RawSpan? {
        guard count >= 0, remainingCount >= count else { return nil }
        defer { offset += count }
        return bytes.extracting(offset..<(offset + count))
    }

    /// The text that `ByteWriter.append(shortText:)` wrote; nil too if it is not UTF-8.
    package mutating func readShortText() -> String? {
        guard let count = read(UInt16.self), let text = read(count: Int(count)) else { return nil }
        return String(validating: text)
    }
}
