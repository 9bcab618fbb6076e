/// Cuts an input into chunks of whole lines, reading it once from beginning to end.
package final class LineChunkReader {
    private let file: InputFile
    private let maximumLineByteCount: Int
    /// The beginning of a line whose end has not been read.
    private var pending: [UInt8] = []
    private var isAtEnd = false

    /// - Parameter maximumLineByteCount: Of a longer line so much is given out that its length shows that it is longer,
    ///   and not all of it, so that no line takes unbounded memory.
    package init(_ file: InputFile, maximumLineByteCount: Int) {
        self.file = file
        self.maximumLineByteCount = maximumLineByteCount
    }

    /// Bytes read so far, compressed as they are.
    package var byteCount: Int { file.byteCount }

    /// XXH3-128 of the bytes read so far.
    package var hexadecimalDigest: String { file.hexadecimalDigest }

    /// Fills `chunk` with the next lines; false at the end of the input.
    ///
    /// - Throws: `StorageError` if the input cannot be read; `InputError` if it is damaged or changes; `Interruption`.
    package func next(into chunk: inout LineChunk) throws -> Bool {
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
        let count = try file.read(into: &chunk.bytes, start..<capacity)
        isAtEnd = start + count < capacity
        return count
    }

    /// The place after the last line break before `count`, or nil if there is none.
    private func lineEnd(in bytes: [UInt8], before count: Int) -> Int? {
        bytes[..<count].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
    }
}
