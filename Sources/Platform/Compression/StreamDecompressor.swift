/// Decompresses a stream piece by piece: frame after frame, as tools that append to compressed files write them.
protocol StreamDecompressor: AnyObject {
    /// Decompresses from `input[consumed...]` into `output[range]` as far as either lasts.
    ///
    /// - Parameter consumed: Where the next byte to read stands; moved on.
    /// - Returns: How many bytes were written to `output`.
    /// - Throws: Why the input is no such stream.
    func decompress(
        _ input: [UInt8], _ consumed: inout Int, into output: inout [UInt8], _ range: Range<Int>,
    ) throws(DecompressionProblem) -> Int

    /// True where the stream may end: between two frames.
    var isBetweenFrames: Bool { get }
}

/// Why bytes are no compressed stream, in the words of the library that read them.
struct DecompressionProblem: Error {
    let reason: String
}

/// How a stream is compressed.
package enum CompressionFormat: String, Sendable, CaseIterable {
    case gzip
    case zstd

    /// The bytes that such a stream begins with.
    var magic: [UInt8] {
        switch self {
        case .gzip: [0x1F, 0x8B]
        case .zstd: [0x28, 0xB5, 0x2F, 0xFD]
        }
    }

    /// The format of a stream that begins with `bytes`, or nil if it is none of these.
    package init?(startingWith bytes: ArraySlice<UInt8>) {
        guard let format = CompressionFormat.allCases.first(where: { bytes.starts(with: $0.magic) }) else { return nil }
        self = format
    }

    func makeDecompressor() -> any StreamDecompressor {
        switch self {
        case .gzip: GzipStream()
        case .zstd: ZstandardStream()
        }
    }
}
