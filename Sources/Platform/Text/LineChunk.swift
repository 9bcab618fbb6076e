/// Whole lines of an input, in a buffer that one thread uses again and again.
package struct LineChunk: Sendable {
    /// The lines, and behind them the padding.
    package var bytes: [UInt8]
    /// Length of the lines.
    package var byteCount = 0

    /// Bytes behind the lines that a decoder may read and does not look at: as many as simdjson asks for.
    package static let paddingByteCount = 64

    /// Lines are told apart by offsets of 31 bits.
    private static let greatestByteCount = Int(Int32.max)

    /// - Parameter capacity: Length of the lines that there is room for; a longer line makes more.
    package init(capacity: Int = 4 << 20) {
        bytes = [UInt8](repeating: 0, count: capacity + LineChunk.paddingByteCount)
    }

    /// Length of the lines that there is room for.
    package var capacity: Int { bytes.count - LineChunk.paddingByteCount }

    /// The lines. Each ends with a newline, but perhaps the last one of an input.
    package var lines: Span<UInt8> {
        @_lifetime(borrow self)
        get { bytes.span.extracting(0..<byteCount) }
    }

    /// Doubles the room, up to the greatest there is.
    mutating func grow() {
        precondition(capacity < LineChunk.greatestByteCount, "lines are allowed to be longer than a chunk can be")
        bytes += [UInt8](repeating: 0, count: min(capacity, LineChunk.greatestByteCount - capacity))
    }
}
