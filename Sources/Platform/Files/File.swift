package import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// System calls on single files, each of which either does the whole of what it says or throws `StorageError`.
package enum File {
    /// What the system says of an open file.
    package struct Status {
        package let byteCount: Int
        package let isRegularFile: Bool
        package let isDirectory: Bool
        /// The same for all names of a file, and for no other file.
        package let identity: Identity
    }

    /// A file itself, whatever it is called.
    package struct Identity: Hashable, Sendable {
        let device: UInt64
        let inode: UInt64
    }

    /// Lets a write that makes a file larger than it may be (`ulimit -f`) fail instead of ending the process.
    package static func ignoreSizeSignals() {
        signal(SIGXFSZ, SIG_IGN)
    }

    /// Lets the process open as many files as the system allows it, rather than as few as old programs can bear.
    package static func raiseOpenFileLimit() {
        var limit = rlimit()
        guard unsafe getrlimit(openFileResource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        // Where that is refused the old limit is in force, and named by the error of whoever meets it.
        _ = unsafe setrlimit(openFileResource, &limit)
    }

    /// Opens the file at `path`; interrupted calls are repeated.
    package static func open(
        _ path: FilePath, _ mode: FileDescriptor.AccessMode, options: FileDescriptor.OpenOptions = [],
    ) throws(StorageError) -> FileDescriptor {
        try attempt("open", path) {
            try FileDescriptor.open(
                path, mode, options: options.union(.closeOnExec),
                permissions: options.contains(.create) ? [.ownerReadWrite, .groupRead, .otherRead] : nil)
        }
    }

    /// Creates a file for reading and writing in `folder` that has no name, and so ends with its descriptor.
    static func openUnnamed(in folder: FilePath) throws(StorageError) -> FileDescriptor {
        let unique = String(UInt64.random(in: 0...UInt64.max), radix: 16)
        let path = folder.appending(AtomicFile.temporaryPrefix + unique)
        let descriptor = try open(path, .readWrite, options: [.create, .exclusiveCreate])
        try remove(path)
        return descriptor
    }

    /// The length and the type of an open file.
    package static func status(of descriptor: FileDescriptor, path: FilePath) throws(StorageError) -> Status {
        var record = stat()
        guard unsafe fstat(descriptor.rawValue, &record) == 0 else { throw StorageError("inspect", path, .current) }
        return status(of: record)
    }

    /// The length and the type of what `path` names, or nil if it names nothing.
    package static func status(at path: FilePath) throws(StorageError) -> Status? {
        var record = stat()
        guard unsafe stat(path.string, &record) == 0 else {
            let reason = Errno.current
            if reason == .noSuchFileOrDirectory || reason == .notDirectory { return nil }
            throw StorageError("inspect", path, reason)
        }
        return status(of: record)
    }

    /// True if `path` names a file or a folder.
    package static func exists(_ path: FilePath) throws(StorageError) -> Bool {
        try status(at: path) != nil
    }

    /// The whole content of a small file.
    ///
    /// - Parameter allowingPipes: True to read a pipe too (`<(...)` of a shell names one), and to wait for who writes
    ///   to it.
    /// - Throws: `StorageError`, of kind `notFound` if there is no such file.
    package static func read(_ path: FilePath, allowingPipes: Bool = false) throws(StorageError) -> [UInt8] {
        let descriptor = try open(path, .readOnly, options: allowingPipes ? [] : .nonBlocking)
        defer { try? descriptor.close() }
        if !allowingPipes {
            let status = try status(of: descriptor, path: path)
            guard status.isRegularFile || status.isDirectory else { throw StorageError("read", path, .illegalSeek) }
        }
        var content: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = try attempt("read", path) {
                try unsafe piece.withUnsafeMutableBytes { try unsafe descriptor.read(into: $0) }
            }
            if count == 0 { return content }
            content += piece[..<count]
        }
    }

    /// Reads into `buffer[range]` until it is full or the input ends; returns how many bytes came.
    ///
    /// While an input keeps it waiting it looks now and then whether it is to stop.
    ///
    /// - Throws: `StorageError`; `Interruption`.
    package static func fill(
        _ buffer: inout [UInt8], _ range: Range<Int>, from descriptor: FileDescriptor, path: FilePath,
    ) throws -> Int {
        var position = range.lowerBound
        while position < range.upperBound {
            try waitForInput(descriptor)
            let count = try attempt("read", path) {
                try unsafe buffer.withUnsafeMutableBytes { bytes in
                    try unsafe descriptor.read(
                        into: UnsafeMutableRawBufferPointer(rebasing: bytes[position..<range.upperBound]))
                }
            }
            if count == 0 { break }
            position += count
        }
        return position - range.lowerBound
    }

    /// The bytes at `range` of an open file, all of which must be there.
    static func read(
        _ range: Range<Int>, from descriptor: FileDescriptor, path: FilePath,
    ) throws(StorageError) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: range.count)
        var span = buffer.mutableSpan
        var bytes = unsafe span.mutableBytes
        try read(into: &bytes, at: range.lowerBound, from: descriptor, path: path)
        return buffer
    }

    /// Fills `target` with the bytes from `offset` on of an open file, all of which must be there.
    static func read(
        into target: inout MutableRawSpan, at offset: Int, from descriptor: FileDescriptor, path: FilePath,
    ) throws(StorageError) {
        var position = 0
        while position < target.byteCount {
            let count = try attempt("read", path) {
                try unsafe target.withUnsafeMutableBytes { bytes in
                    try unsafe descriptor.read(
                        fromAbsoluteOffset: Int64(offset + position),
                        into: UnsafeMutableRawBufferPointer(rebasing: bytes[position...]))
                }
            }
            if count == 0 { throw StorageError("read", path, .ioError) }
            position += count
        }
    }

    /// Waits until `descriptor`, perhaps a pipe or a terminal, has bytes or has ended.
    ///
    /// - Throws: `Interruption` if a signal asks to stop before that.
    private static func waitForInput(_ descriptor: FileDescriptor) throws(Interruption) {
        var request = pollfd(fd: descriptor.rawValue, events: Int16(POLLIN), revents: 0)
        while true {
            try Cancellation.check()
            // A signal ends the wait at once on this thread; one that another thread gets is seen soon after.
            let result = unsafe poll(&request, 1, 250)
            if result > 0 || result < 0 && Errno.current != .interrupted { return }
        }
    }

    /// Writes all of `bytes`.
    package static func write(
        _ bytes: RawSpan, to descriptor: FileDescriptor, path: FilePath,
    ) throws(StorageError) {
        try attempt("write", path) {
            _ = try unsafe bytes.withUnsafeBytes { try unsafe descriptor.writeAll($0) }
        }
    }

    /// Makes what was written durable. A failure is never retried: the system may have dropped the pages.
    package static func synchronise(_ descriptor: FileDescriptor, path: FilePath) throws(StorageError) {
        guard fsync(descriptor.rawValue) == 0 else { throw StorageError("fsync", path, .current) }
    }

    /// Gives `source` the name `destination`, replacing what had it, in one step.
    package static func rename(_ source: FilePath, to destination: FilePath) throws(StorageError) {
        let result = unsafe source.withPlatformString { from in
            unsafe destination.withPlatformString { to in unsafe systemRename(from, to) }
        }
        guard result == 0 else { throw StorageError("rename to", destination, .current) }
    }

    /// Gives `source` the name `destination` unless that name is taken; returns whether it was given.
    ///
    /// A hard link is the portable way to create a name in one step only if nobody has it; the old name goes after.
    package static func renameIfAbsent(_ source: FilePath, to destination: FilePath) throws(StorageError) -> Bool {
        let result = unsafe source.withPlatformString { from in
            unsafe destination.withPlatformString { to in unsafe link(from, to) }
        }
        if result != 0 {
            let reason = Errno.current
            guard reason == .fileExists else { throw StorageError("create", destination, reason) }
        }
        try remove(source)
        return result == 0
    }

    /// Removes the name `path`; no name is no error.
    package static func remove(_ path: FilePath) throws(StorageError) {
        guard unsafe path.withPlatformString({ unsafe unlink($0) }) == 0 || Errno.current == .noSuchFileOrDirectory
        else { throw StorageError("remove", path, .current) }
    }

    private static func status(of record: stat) -> Status {
        let type = record.st_mode & S_IFMT
        return Status(
            byteCount: Int(record.st_size), isRegularFile: type == S_IFREG, isDirectory: type == S_IFDIR,
            identity: Identity(device: UInt64(truncatingIfNeeded: record.st_dev), inode: UInt64(record.st_ino)))
    }

    /// Turns what swift-system throws into an error that names the path.
    static func attempt<Result>(
        _ operation: String, _ path: FilePath, _ body: () throws -> Result,
    ) throws(StorageError) -> Result {
        do {
            return try body()
        } catch let error as Errno {
            throw StorageError(operation, path, error)
        } catch {
            throw StorageError(operation, path, .ioError)
        }
    }
}

/// `rename(2)`, out of reach of the method of the same name.
private func systemRename(_ from: UnsafePointer<CChar>, _ to: UnsafePointer<CChar>) -> Int32 {
    unsafe rename(from, to)
}

extension Errno {
    /// The reason of the system call that failed just now on this thread.
    static var current: Errno { Errno(rawValue: errno) }
}

#if canImport(Glibc)
    private let openFileResource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
#else
    private let openFileResource = RLIMIT_NOFILE
#endif
