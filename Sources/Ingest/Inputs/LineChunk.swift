import CSimdjson
import Platform
import SystemPackage

/// Whole lines of an input, in one piece of memory.
struct LineChunk {
    /// The lines, and behind them the padding that the decoder asks for.
    var bytes: [UInt8]
    /// Length of the lines.
    let byteCount: Int
    /// The number of the first line in the input, from 1.
    let firstLine: Int

    static let paddingByteCount = Int(RECSYS_CHUNK_PADDING)
}

/// Cuts an input into chunks of whole lines, reading it once from beginning to end.
struct LineChunkReader: ~Copyable {
    let source: InputSource
    /// Bytes read so far.
    private(set) var byteCount = 0
    private let descriptor: FileDescriptor
    private let maximumLineByteCount: Int
    private let digest = StreamingDigest()
    /// What has been read and not been given out: the beginning of a line.
    private var pending: [UInt8] = []
    private var isAtEnd = false

    /// How much is read at a time.
    private static let readByteCount = 4 << 20

    /// Opens an input.
    ///
    /// - Throws: `StorageError` if it cannot be opened.
    init(_ source: InputSource, maximumLineByteCount: Int) throws {
        self.source = source
        self.maximumLineByteCount = maximumLineByteCount
        switch source {
        case .standardInput: descriptor = .standardInput
        case .file(let path): descriptor = try File.open(path, .readOnly)
        }
    }

    deinit {
        if source != .standardInput { try? descriptor.close() }
    }

    /// XXH3-128 of the bytes read so far.
    var hexadecimalDigest: String { digest.hexadecimal }

    /// The next chunk, or nil at the end of the input.
    ///
    /// - Throws: `StorageError` if the input cannot be read; `IngestError` if it is compressed; `Interruption`.
    mutating func next(firstLine: Int) throws -> LineChunk? {
        while true {
            let end = isAtEnd ? pending.count : (pending.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
            if end > 0 { return takeChunk(end: end, firstLine: firstLine) }
            if isAtEnd { return nil }
            // Of a line that is too long, enough is kept to see that it is.
            if pending.count > maximumLineByteCount { pending.removeLast(pending.count - maximumLineByteCount - 1) }
            try readMore()
        }
    }

    private mutating func takeChunk(end: Int, firstLine: Int) -> LineChunk {
        let rest = Array(pending[end...])
        var bytes = pending
        pending = rest
        bytes.removeLast(bytes.count - end)
        bytes.append(contentsOf: repeatElement(0, count: LineChunk.paddingByteCount))
        return LineChunk(bytes: bytes, byteCount: end, firstLine: firstLine)
    }

    private mutating func readMore() throws {
        try File.waitForInput(descriptor)
        let start = pending.count
        let count = try File.append(
            to: &pending, from: descriptor, limit: LineChunkReader.readByteCount, path: FilePath(source.name))
        byteCount += count
        isAtEnd = count == 0
        if byteCount == count { try refuseCompressed() }
        digest.update(pending.rawSpan.extracting(start..<pending.count))
    }

    /// Recognises by their first bytes what would be nothing but bad lines.
    private func refuseCompressed() throws(IngestError) {
        if pending.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { throw .compressed(path: source.name, with: "zstd") }
        if pending.starts(with: [0x1F, 0x8B]) { throw .compressed(path: source.name, with: "gzip") }
    }
}
