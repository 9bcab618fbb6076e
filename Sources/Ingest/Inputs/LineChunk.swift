import CSimdjson

/// Whole lines of an input, in a buffer that one thread uses again and again.
struct LineChunk {
    /// The lines, behind them at least the padding that the decoder asks for.
    var bytes: [UInt8]
    /// Length of the lines.
    var byteCount = 0

    /// Bytes behind the lines that the decoder reads and does not look at.
    static let paddingByteCount = Int(RECSYS_CHUNK_PADDING)

    /// The decoder takes less than 2 GiB.
    private static let greatestByteCount = Int(Int32.max)

    /// Room for lines; a longer line makes more.
    private static let initialByteCount = 4 << 20

    init() {
        bytes = [UInt8](repeating: 0, count: LineChunk.initialByteCount + LineChunk.paddingByteCount)
    }

    /// Length of the lines that there is room for.
    var capacity: Int { bytes.count - LineChunk.paddingByteCount }

    /// Doubles the room, up to what the decoder takes.
    mutating func grow() {
        precondition(capacity < LineChunk.greatestByteCount, "a line is longer than Ingestion.greatestLineByteCount")
        bytes += [UInt8](repeating: 0, count: min(capacity, LineChunk.greatestByteCount - capacity))
    }
}
