package import SystemPackage

/// An input that is read once, from beginning to end: a file or standard input, plain or compressed.
///
/// gzip and zstd are recognised by their first bytes, whatever the name says. For one thread at a time.
package final class InputFile {
    private let path: FilePath
    private let descriptor: FileDescriptor
    private let ownsDescriptor: Bool
    /// The length when it was opened; nil for a pipe or a terminal.
    private let expectedByteCount: Int?
    private let digest = StreamingDigest()
    private let onRead: ((RawSpan) -> Void)?
    /// Bytes read so far, compressed as they are.
    package private(set) var byteCount = 0
    private var decompressor: (format: CompressionFormat, stream: any StreamDecompressor)?
    /// What has been read and not been given out.
    private var pending: [UInt8] = []
    private var pendingStart = 0
    private var isStarted = false
    private var isAtEnd = false

    /// How much is read at a time: little enough that the processor still holds it when the digest is taken.
    private static let pieceByteCount = 256 << 10

    /// Opens the file at `path`, or standard input if that is nil.
    ///
    /// - Parameter onRead: Sees all bytes once, in their order, as the file has them: what it hears until the end is
    ///   what was read, whatever becomes of the file meanwhile.
    /// - Throws: `StorageError`, of kind `notFound` if there is no such file.
    package init(path: FilePath?, onRead: ((RawSpan) -> Void)? = nil) throws(StorageError) {
        self.path = path ?? "-"
        self.onRead = onRead
        ownsDescriptor = path != nil
        if let path {
            let descriptor = try File.open(path, .readOnly)
            do throws(StorageError) {
                let status = try File.status(of: descriptor, path: path)
                guard !status.isDirectory else { throw StorageError("read", path, .isDirectory) }
                expectedByteCount = status.isRegularFile ? status.byteCount : nil
            } catch {
                File.discard(descriptor)
                throw error
            }
            self.descriptor = descriptor
        } else {
            descriptor = .standardInput
            expectedByteCount = nil
        }
    }

    deinit {
        if ownsDescriptor { File.discard(descriptor) }
    }

    /// XXH3-128 of the bytes read so far, as `xxh128sum` prints it.
    package var hexadecimalDigest: String { digest.hexadecimal }

    /// Reads into `buffer[range]` until it is full or the input ends; returns how many bytes came.
    ///
    /// - Throws: `InputError` if compressed data are damaged, if the format is none that is read here, or if the file
    ///   has changed while it was read; `StorageError`; `Interruption`.
    package func read(into buffer: inout [UInt8], _ range: Range<Int>) throws -> Int {
        if !isStarted { try start() }
        var position = range.lowerBound
        while position < range.upperBound {
            let count = try readMore(into: &buffer, position..<range.upperBound)
            position += count
            // A decompressor may still hold bytes when all of its input is consumed.
            if count == 0, isAtEnd, pendingStart == pending.count { break }
        }
        return position - range.lowerBound
    }

    private func readMore(into buffer: inout [UInt8], _ range: Range<Int>) throws -> Int {
        guard let (format, stream) = decompressor else { return try readPlain(into: &buffer, range) }
        if pendingStart == pending.count { try refill() }
        do {
            let count = try stream.decompress(pending, &pendingStart, into: &buffer, range)
            if isAtEnd, count == 0, pendingStart == pending.count, !stream.isBetweenFrames {
                throw InputError.endsInsideFrame(path, format)
            }
            return count
        } catch let problem as DecompressionProblem {
            throw InputError.damaged(path, format, offset: byteCount - pending.count + pendingStart, problem.reason)
        }
    }

    private func readPlain(into buffer: inout [UInt8], _ range: Range<Int>) throws -> Int {
        if pendingStart < pending.count {
            let count = min(range.count, pending.count - pendingStart)
            buffer.replaceSubrange(
                range.lowerBound..<(range.lowerBound + count), with: pending[pendingStart..<(pendingStart + count)])
            pendingStart += count
            return count
        }
        return isAtEnd ? 0 : try fill(&buffer, range.prefix(InputFile.pieceByteCount))
    }

    /// Reads the first bytes and learns from them whether the input is compressed.
    private func start() throws {
        isStarted = true
        pending = [UInt8](repeating: 0, count: 4)
        pending.removeLast(4 - (try fill(&pending, 0..<4)))
        if let format = ForeignFormat(startingWith: pending[...]) { throw InputError.foreign(path, format) }
        decompressor = CompressionFormat(startingWith: pending[...]).map { ($0, $0.makeDecompressor()) }
    }

    private func refill() throws {
        if pending.count < InputFile.pieceByteCount { pending = [UInt8](repeating: 0, count: InputFile.pieceByteCount) }
        let count = isAtEnd ? 0 : try fill(&pending, 0..<InputFile.pieceByteCount)
        pending.removeLast(pending.count - count)
        pendingStart = 0
    }

    /// Reads bytes as they are, and notes when there are no more.
    private func fill(_ buffer: inout [UInt8], _ range: Range<Int>) throws -> Int {
        let count = try File.fill(&buffer, range, from: descriptor, path: path)
        byteCount += count
        let bytes = buffer.rawSpan.extracting(range.lowerBound..<(range.lowerBound + count))
        digest.update(bytes)
        onRead?(bytes)
        if count < range.count {
            isAtEnd = true
            if let expectedByteCount, expectedByteCount != byteCount {
                throw InputError.changed(path, from: expectedByteCount, to: byteCount)
            }
        }
        return count
    }
}

/// An input that cannot be read to its end.
package enum InputError: Failure {
    case damaged(FilePath, CompressionFormat, offset: Int, String)
    case endsInsideFrame(FilePath, CompressionFormat)
    case changed(FilePath, from: Int, to: Int)
    case foreign(FilePath, ForeignFormat)

    package var kind: FailureKind { .badInput }

    package var message: String {
        switch self {
        case .damaged(let path, let format, let offset, let reason):
            "\(path): damaged \(format.rawValue) data before offset \(offset): \(reason)"
        case .endsInsideFrame(let path, let format):
            "\(path): cut off: it ends in the middle of its \(format.rawValue) data"
        case .changed(let path, let from, let to):
            "\(path): had \(from) bytes when it was opened and \(to) when it was read; nothing was replaced"
        case .foreign(let path, let format):
            "\(path): is \(format.name), which cannot be read; nothing was replaced"
        }
    }

    package var remedy: String? {
        switch self {
        case .damaged, .endsInsideFrame: "copy or download the file again"
        case .changed: "wait until nobody writes to it, then run the same command again"
        case .foreign: "make JSON Lines of it: plain, or compressed with gzip or zstd"
        }
    }
}
