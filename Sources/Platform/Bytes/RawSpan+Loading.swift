extension RawSpan {
    /// The little-endian number at `offset`. The whole of it must lie inside the span.
    @inlinable
    public func load<Value: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as _: Value.Type = Value.self)
        -> Value
    {
        precondition(offset >= 0 && offset <= byteCount - MemoryLayout<Value>.size)
        return Value(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: Value.self))
    }

    /// A copy of the bytes.
    package var copiedBytes: [UInt8] {
        unsafe withUnsafeBytes { unsafe Array($0) }
    }

    /// True if the span holds just these bytes.
    package func elementsEqual(_ other: [UInt8]) -> Bool {
        elementsEqual(other.rawSpan)
    }

    /// True if both hold the same bytes.
    package func elementsEqual(_ other: RawSpan) -> Bool {
        byteCount == other.byteCount && ByteStrings.compare(octets, other.octets) == 0
    }
}

extension String {
    /// The text whose UTF-8 the bytes are, or nil if they are not UTF-8.
    package init?(validating bytes: RawSpan) {
        let text = unsafe bytes.withUnsafeBytes { unsafe String(validating: $0, as: UTF8.self) }
        guard let text else { return nil }
        self = text
    }
}

extension RawSpan {
    /// The same memory as a span of bytes.
    package var octets: Span<UInt8> {
        @_lifetime(copy self)
        get { Span(_bytes: self) }
    }
}

extension Span<UInt8> {
    /// The same memory as raw bytes.
    package var raw: RawSpan {
        @_lifetime(copy self)
        get { unsafe bytes }
    }
}

extension [UInt8] {
    /// The same memory as raw bytes.
    package var rawSpan: RawSpan {
        @_lifetime(borrow self)
        get { unsafe span.bytes }
    }
}
