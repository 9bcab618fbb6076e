package import SystemPackage

/// How the bytes of files are read.
package enum FileAccess: Sendable {
    /// Through a memory map: a byte is copied from the system's cache only where it is used.
    case mapped
    /// By a read into memory of one's own whenever bytes are asked for. For storage whose maps cannot be relied on.
    case copied
}

/// An open file of ours, to be read in any order. Safe to share between threads.
///
/// The files of this product are immutable once they have their name. That one is cut off all the same while it is
/// open, or that its device fails, is an error of the read that meets it, whichever way the file is read; of a cut
/// within a map's last page, where zeros are read, only of a read of the whole file.
package final class DataFile: Sendable {
    /// Where the file was when it was opened.
    package let path: FilePath
    /// The file's length in bytes when it was opened.
    package let byteCount: Int
    private let identity: File.Identity
    private let content: Content

    private enum Content {
        case mapped(MemoryMap)
        case open(OwnedDescriptor)
    }

    /// Opens the file at `path`.
    ///
    /// - Throws: `StorageError`, of kind `notFound` if there is no such file.
    package init(path: FilePath, access: FileAccess = .mapped) throws(StorageError) {
        // Else a pipe that nobody writes to would keep whoever opens it waiting. Files do not care.
        let file = OwnedDescriptor(try File.open(path, .readOnly, options: .nonBlocking))
        let status = try File.status(of: file.descriptor, path: path)
        guard !status.isDirectory else { throw StorageError("read", path, .isDirectory) }
        guard status.isRegularFile else { throw StorageError("map", path, .illegalSeek) }
        self.path = path
        byteCount = status.byteCount
        identity = status.identity
        content =
            switch access {
            case .mapped: .mapped(try MemoryMap(file.descriptor, byteCount: byteCount, path: path))
            case .copied: .open(file)
            }
    }

    /// Hands the bytes at `range`, which lies inside the file, to `body`.
    ///
    /// - Returns: What `body` returned, which it did from what the file holds.
    /// - Throws: `StorageError` if they cannot be read: of kind `corruption` if the file is shorter than it was, else
    ///   of kind `storage`. What `body` made of them is dropped.
    package func withBytes<Result>(
        _ range: Range<Int>, _ body: (RawSpan) -> Result,
    ) throws(StorageError) -> Result {
        switch content {
        case .mapped(let map):
            let result = body(map.bytes.extracting(range))
            if map.hasFailed { throw failure() }
            return result
        case .open(let file):
            let bytes: [UInt8]
            do {
                bytes = try File.read(range, from: file.descriptor, path: path)
            } catch {
                throw error.errno == .ioError ? failure() : error
            }
            return body(bytes.rawSpan)
        }
    }

    /// Hands all bytes to `body`, from the first to the last, in pieces.
    ///
    /// - Throws: `StorageError` as `withBytes`, after a piece that held something else at worst; whatever `body`
    ///   throws.
    package func forEachPiece(_ body: (RawSpan) throws -> Void) throws {
        for range in pieceRanges {
            try withBytes(range) { piece in Result { try body(piece) } }.get()
        }
        try checkIsWhole()
    }

    /// A copy of the bytes at `range`, which lies inside the file.
    package func bytes(_ range: Range<Int>) throws(StorageError) -> [UInt8] {
        try withBytes(range) { $0.copiedBytes }
    }

    /// True if both files hold the same bytes.
    package func holdsTheSame(as other: DataFile) throws(StorageError) -> Bool {
        guard byteCount == other.byteCount else { return false }
        for range in pieceRanges {
            let piece = try bytes(range)
            guard try other.withBytes(range, { $0.elementsEqual(piece) }) else { return false }
        }
        try checkIsWhole()
        try other.checkIsWhole()
        return true
    }

    /// True if the file holds just these bytes.
    package func holds(_ bytes: RawSpan) throws(StorageError) -> Bool {
        guard byteCount == bytes.byteCount else { return false }
        for range in pieceRanges {
            guard try withBytes(range, { $0.elementsEqual(bytes.extracting(range)) }) else { return false }
        }
        try checkIsWhole()
        return true
    }

    /// Lets the system forget that the pages inside `range` are in use here: whoever reads a large file once, from
    /// beginning to end, need not keep it all resident. Reading them again is still possible.
    package func releasePages(of range: Range<Int>) {
        if case .mapped(let map) = content { map.releasePages(of: range) }
    }

    private static let pieceByteCount = 1 << 20

    /// The ranges of bytes that a file is read in from beginning to end.
    var pieceRanges: some Sequence<Range<Int>> {
        stride(from: 0, to: byteCount, by: DataFile.pieceByteCount).lazy.map { [byteCount] start in
            start..<min(byteCount, start + DataFile.pieceByteCount)
        }
    }

    /// Checks, after all of it was read, that the file was not cut off within its last page: there a map has zeros, and
    /// no read fails. Blocks have checksums, which tell; whoever takes bytes as they are has to ask.
    func checkIsWhole() throws(StorageError) {
        if let cutOff { throw cutOff }
    }

    /// Why bytes that were there when the file was opened cannot be read.
    private func failure() -> StorageError { cutOff ?? StorageError("read", path, .ioError) }

    /// The error of a file that has become shorter, if it has.
    private var cutOff: StorageError? {
        guard let status = try? File.status(at: path), status.identity == identity, status.byteCount < byteCount else {
            return nil
        }
        return StorageError(cutOff: path, from: byteCount, to: status.byteCount)
    }
}

/// An open file that is closed with the object.
private final class OwnedDescriptor: Sendable {
    let descriptor: FileDescriptor

    init(_ descriptor: FileDescriptor) {
        self.descriptor = descriptor
    }

    deinit {
        File.discard(descriptor)
    }
}
