import CMapping
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The first bytes of an open file as read-only memory, for as long as the object lives.
///
/// A page that the system cannot read, because the file became shorter or its device fails, does not crash the process:
/// the whole map is zeros from then on, and `hasFailed` tells. Whoever uses what was read must ask first. Of a scratch
/// file, which nothing outside the process depends on, it ends the process with a message and the exit code of failed
/// storage.
@safe final class MemoryMap: Sendable {
    let byteCount: Int
    /// Nil for an empty map, which the system refuses to make.
    nonisolated(unsafe) private let base: UnsafeMutableRawPointer?
    nonisolated(unsafe) private let guardian: OpaquePointer?

    /// - Parameters:
    ///   - descriptor: The file, which may be closed afterwards.
    ///   - path: What messages call it.
    ///   - isScratch: True if nobody asks `hasFailed`.
    init(
        _ descriptor: FileDescriptor, byteCount: Int, path: FilePath, isScratch: Bool = false,
    ) throws(StorageError) {
        self.byteCount = byteCount
        guard byteCount > 0 else {
            unsafe base = nil
            unsafe guardian = nil
            return
        }
        let mapped = try File.attempt("map", path) { calls throws(Errno) in
            try calls.map(descriptor, byteCount: byteCount)
        }
        let address = unsafe mapped.address
        let failure = StorageError("read a scratch file in", path, .ioError)
        let lastWords = isScratch ? "error: \(failure)\n" : nil
        guard let guardian = unsafe recsys_guard_begin(address, byteCount, lastWords, failure.kind.exitCode) else {
            let reason = Errno.current
            unsafe munmap(address, byteCount)
            throw StorageError("map", path, reason)
        }
        unsafe base = address
        unsafe self.guardian = guardian
    }

    deinit {
        guard let base = unsafe base, let guardian = unsafe guardian else { return }
        unsafe recsys_guard_end(guardian)
        unsafe munmap(base, byteCount)
    }

    /// True if a page could not be read: then anything may be zero.
    var hasFailed: Bool {
        guard let guardian = unsafe guardian else { return false }
        return unsafe recsys_guard_has_failed(guardian)
    }

    /// The bytes of the file.
    var bytes: RawSpan {
        @_lifetime(borrow self)
        get {
            let buffer = unsafe UnsafeRawBufferPointer(start: base, count: byteCount)
            return unsafe _overrideLifetime(buffer.bytes, borrowing: self)
        }
    }

    /// Lets the system forget that the pages inside `range` are in use here: whoever reads a large file once, from
    /// beginning to end, need not keep it all resident. Reading them again is still possible.
    func releasePages(of range: Range<Int>) {
        let pageByteCount = Int(sysconf(Int32(_SC_PAGESIZE)))
        let start = (range.lowerBound + pageByteCount - 1) / pageByteCount * pageByteCount
        let end = range.upperBound / pageByteCount * pageByteCount
        guard let base = unsafe base, start < end else { return }
        // Advice that is not taken costs nothing but memory.
        _ = unsafe madvise(base + start, end - start, MADV_DONTNEED)
    }
}
