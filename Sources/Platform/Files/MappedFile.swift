package import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A whole file as read-only memory, for as long as the object lives.
///
/// The files of this product are immutable once they have their name, so a mapping never changes under a reader.
@safe package final class MappedFile: Sendable {
    /// Where the file was when it was opened.
    package let path: FilePath
    /// The file's length in bytes.
    package let byteCount: Int
    /// Nil for an empty file, which the system refuses to map.
    nonisolated(unsafe) private let base: UnsafeRawPointer?

    /// Maps the file at `path`.
    ///
    /// - Throws: `StorageError`, of kind `notFound` if there is no such file.
    package convenience init(path: FilePath) throws(StorageError) {
        let descriptor = try File.open(path, .readOnly)
        defer { try? descriptor.close() }
        try self.init(descriptor, path: path)
    }

    /// Maps an open file, which may be closed afterwards.
    ///
    /// - Parameter path: What messages call it.
    init(_ descriptor: FileDescriptor, path: FilePath) throws(StorageError) {
        let status = try File.status(of: descriptor, path: path)
        guard !status.isDirectory else { throw StorageError("read", path, .isDirectory) }
        guard status.isRegularFile else { throw StorageError("map", path, .illegalSeek) }
        self.path = path
        self.byteCount = status.byteCount
        guard byteCount > 0 else {
            unsafe base = nil
            return
        }
        let address = unsafe mmap(nil, byteCount, PROT_READ, MAP_PRIVATE, descriptor.rawValue, 0)
        guard let address = unsafe address, unsafe address != MAP_FAILED else {
            throw StorageError("map", path, .current)
        }
        unsafe base = UnsafeRawPointer(address)
    }

    deinit {
        if let base = unsafe base {
            unsafe munmap(UnsafeMutableRawPointer(mutating: base), byteCount)
        }
    }

    /// The bytes of the file.
    package var bytes: RawSpan {
        @_lifetime(borrow self)
        get {
            let buffer = unsafe UnsafeRawBufferPointer(start: base, count: byteCount)
            return unsafe _overrideLifetime(buffer.bytes, borrowing: self)
        }
    }

    /// Lets the system forget that the pages inside `range` are in use here: whoever reads a large file once, from
    /// beginning to end, need not keep it all resident. Reading them again is still possible.
    package func releasePages(of range: Range<Int>) {
        let pageByteCount = Int(sysconf(Int32(_SC_PAGESIZE)))
        let start = (range.lowerBound + pageByteCount - 1) / pageByteCount * pageByteCount
        let end = range.upperBound / pageByteCount * pageByteCount
        guard let base = unsafe base, start < end else { return }
        // Advice that is not taken costs nothing but memory.
        _ = unsafe madvise(UnsafeMutableRawPointer(mutating: base + start), end - start, MADV_DONTNEED)
    }
}
