import Platform
import SystemPackage

/// Cuts an input into chunks of whole lines, reading it once from beginning to end.
final class LineChunkReader {
    private let source: InputSource
    private let descriptor: FileDescriptor
    private let maximumLineByteCount: Int
    private let digest = StreamingDigest()
    /// Bytes read so far.
    private(set) var byteCount = 0
    /// The beginning of a line whose end has not been read.
    private var pending: [UInt8] = []
    private var isAtEnd = false

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

    /// Fills `chunk` with the next lines; false at the end of the input.
    ///
    /// - Throws: `StorageError` if the input cannot be read; `IngestError` if it is compressed; `Interruption`.
    func next(into chunk: inout LineChunk) throws -> Bool {
        var count = pending.count
        while count > chunk.capacity { chunk.grow() }
        chunk.bytes.replaceSubrange(0..<count, with: pending)
        pending.removeAll(keepingCapacity: true)
        while !isAtEnd {
            if count == chunk.capacity { chunk.grow() }
            count += try read(into: &chunk, from: count)
            if let end = lineEnd(in: chunk.bytes, before: count) {
                pending.append(contentsOf: chunk.bytes[end..<count])
                chunk.byteCount = end
                return true
            }
            // Of a line that is too long, enough is kept to see that it is.
            count = min(count, maximumLineByteCount + 1)
        }
        chunk.byteCount = count
        return count > 0
    }

    private func read(into chunk: inout LineChunk, from start: Int) throws -> Int {
        let capacity = chunk.capacity
        let count = try File.fill(&chunk.bytes, start..<capacity, from: descriptor, path: FilePath(source.name))
        if byteCount == 0 { try refuseCompressed(chunk.bytes[start..<(start + count)]) }
        byteCount += count
        isAtEnd = start + count < capacity
        digest.update(chunk.bytes.rawSpan.extracting(start..<(start + count)))
        return count
    }

    /// The place after the last line break before `count`, or nil if there is none.
    private func lineEnd(in bytes: [UInt8], before count: Int) -> Int? {
        bytes[..<count].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
    }

    /// Recognises by its first bytes what would be nothing but bad lines.
    private func refuseCompressed(_ start: ArraySlice<UInt8>) throws(IngestError) {
        if start.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { throw .compressed(path: source.name, with: "zstd") }
        if start.starts(with: [0x1F, 0x8B]) { throw .compressed(path: source.name, with: "gzip") }
    }
}
