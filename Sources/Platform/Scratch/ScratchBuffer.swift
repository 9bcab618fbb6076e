package import SystemPackage

/// Bytes that are appended and then read as memory. Beyond a megabyte they are kept in a file without a name, whose
/// pages the system takes back when it needs the memory. For one thread at a time.
package final class ScratchBuffer {
    private let folder: FilePath
    /// The bytes that are not in the file.
    private var pending: [UInt8] = []
    private var file: FileDescriptor?
    private var mapped: MemoryMap?
    /// Number of bytes appended so far.
    package private(set) var byteCount = 0

    /// So much is kept in memory, and written at a time.
    private static let pendingByteCount = 1 << 20

    /// - Parameter folder: Where the file is created if there is need of one.
    package init(in folder: FilePath) {
        self.folder = folder
    }

    deinit {
        if let file { File.discard(file) }
    }

    /// Adds bytes at the end. Not to be called after `finish`.
    ///
    /// - Throws: `StorageError` if the file cannot be written.
    package func append(_ bytes: Span<UInt8>) throws(StorageError) {
        precondition(mapped == nil, "a finished buffer does not grow")
        pending.append(contentsOf: bytes)
        byteCount += bytes.count
        if pending.count >= ScratchBuffer.pendingByteCount { try flush() }
    }

    /// Adds numbers at the end, little-endian like every machine that Swift runs on.
    package func append<Value: FixedWidthInteger & BitwiseCopyable>(numbers: [Value]) throws(StorageError) {
        try unsafe append(numbers.span.bytes.octets)
    }

    /// Ends the appending: from here on `bytes` are what was appended.
    ///
    /// - Throws: `StorageError` if the file cannot be written or mapped.
    package func finish() throws(StorageError) {
        guard file != nil else { return }
        try flush()
        guard let file else { return }
        mapped = try MemoryMap(file, byteCount: byteCount, path: folder, isScratch: true)
        // Many buffers may be finished at once, more than files may be open.
        self.file = nil
        try File.close(file, path: folder)
    }

    /// Everything that was appended. Only after `finish`.
    package var bytes: RawSpan {
        @_lifetime(borrow self)
        get {
            if let mapped { return unsafe _overrideLifetime(mapped.bytes, borrowing: self) }
            return unsafe _overrideLifetime(pending.rawSpan, borrowing: self)
        }
    }

    /// The numbers of four bytes at these places. Only after `finish`.
    package func numbers(_ range: Range<Int>) -> [UInt32] {
        let bytes = bytes
        var numbers: [UInt32] = []
        numbers.reserveCapacity(range.count)
        for index in range { numbers.append(bytes.load(at: index * 4)) }
        return numbers
    }

    /// A copy of a part of what was appended, which makes nothing else resident. Only without `finish`.
    ///
    /// - Throws: `StorageError` if the file cannot be written or read.
    package func copy(of range: Range<Int>) throws(StorageError) -> [UInt8] {
        precondition(mapped == nil, "a finished buffer is read as memory")
        guard let file else { return Array(pending[range]) }
        try flush()
        return try File.read(range, from: file, path: folder)
    }

    /// Lets the system forget for now what was read of `bytes`, for the pages around a byte that is read become
    /// resident with it.
    package func releasePages() {
        mapped?.releasePages(of: 0..<byteCount)
    }

    private func flush() throws(StorageError) {
        if file == nil { file = try File.openUnnamed(in: folder) }
        guard let file else { return }
        var written: [UInt8] = []
        swap(&written, &pending)
        try File.write(written.rawSpan, to: file, path: folder)
        written.removeAll(keepingCapacity: true)
        swap(&written, &pending)
    }
}
