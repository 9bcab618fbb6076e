package import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// System calls on single files, each of which either does the whole of what it says or throws `StorageError`.
package enum File {
    /// What the system says of an open file.
    package struct Status: Sendable {
        package let byteCount: Int
        package let isRegularFile: Bool
        package let isDirectory: Bool
        /// When its content was written last, in seconds since 1970.
        package let modifiedAtSecond: Int
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
        try attempt("open", path) { calls throws(Errno) in try calls.open(path, mode, options) }
    }

    /// Closes a file that was written. The descriptor is gone, whatever the outcome.
    static func close(_ descriptor: FileDescriptor, path: FilePath) throws(StorageError) {
        do throws(Errno) {
            try FileSystem.calls.close(descriptor)
        } catch {
            // Interrupted or not, it is closed; another call could close what another thread has opened since.
            if error != .interrupted { throw StorageError("close", path, error) }
        }
    }

    /// Closes a file that was only read, or is given up: a failure would mean nothing.
    package static func discard(_ descriptor: FileDescriptor) {
        try? FileSystem.calls.close(descriptor)
    }

    /// Creates a file for reading and writing in `folder` that has no name, and so ends with its descriptor.
    static func openUnnamed(in folder: FilePath) throws(StorageError) -> FileDescriptor {
        let unique = String(UInt64.random(in: 0...UInt64.max), radix: 16)
        let path = folder.appending(AtomicFile.temporaryPrefix + unique)
        let descriptor = try open(path, .readWrite, options: [.create, .exclusiveCreate])
        do throws(StorageError) {
            try remove(path)
        } catch {
            discard(descriptor)
            throw error
        }
        return descriptor
    }

    /// The length and the type of an open file.
    package static func status(of descriptor: FileDescriptor, path: FilePath) throws(StorageError) -> Status {
        try attempt("inspect", path) { calls throws(Errno) in try calls.status(of: descriptor) }
    }

    /// The length and the type of what `path` names, or nil if it names nothing.
    ///
    /// - Parameter followingLinks: False to tell of a link itself.
    package static func status(at path: FilePath, followingLinks: Bool = true) throws(StorageError) -> Status? {
        do throws(StorageError) {
            return try attempt("inspect", path) { calls throws(Errno) in
                try calls.status(at: path, followingLinks: followingLinks)
            }
        } catch {
            if error.errno == .noSuchFileOrDirectory || error.errno == .notDirectory { return nil }
            throw error
        }
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
        defer { discard(descriptor) }
        if !allowingPipes {
            let status = try status(of: descriptor, path: path)
            guard status.isRegularFile || status.isDirectory else { throw StorageError("read", path, .illegalSeek) }
        }
        var content: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            var span = piece.mutableSpan
            var target = unsafe span.mutableBytes
            let count = try readSome(into: &target, 0..<target.byteCount, from: descriptor, path: path)
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
            var span = buffer.mutableSpan
            var bytes = unsafe span.mutableBytes
            let count = try readSome(into: &bytes, position..<range.upperBound, from: descriptor, path: path)
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
            let rest = position..<target.byteCount
            let count = try readSome(into: &target, rest, at: offset + position, from: descriptor, path: path)
            if count == 0 { throw StorageError("read", path, .ioError) }
            position += count
        }
    }

    /// Reads what one call gives, at `offset` or where the last call ended.
    private static func readSome(
        into target: inout MutableRawSpan, _ range: Range<Int>, at offset: Int? = nil,
        from descriptor: FileDescriptor, path: FilePath,
    ) throws(StorageError) -> Int {
        while true {
            do throws(Errno) {
                return try FileSystem.calls.read(descriptor, into: &target, range, at: offset)
            } catch {
                if error != .interrupted { throw StorageError("read", path, error) }
            }
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
        var position = 0
        while position < bytes.byteCount {
            let rest = bytes.extracting(position..<bytes.byteCount)
            do throws(Errno) {
                position += try FileSystem.calls.write(descriptor, rest)
            } catch {
                if error != .interrupted { throw StorageError("write", path, error) }
            }
        }
    }

    /// Makes what was written durable. A failure is never retried, not even an interruption: the system may have
    /// dropped the pages.
    package static func synchronise(_ descriptor: FileDescriptor, path: FilePath) throws(StorageError) {
        do throws(Errno) {
            try FileSystem.calls.synchronise(descriptor)
        } catch {
            throw StorageError("fsync", path, error)
        }
    }

    /// Gives `source` the name `destination`, replacing what had it, in one step.
    package static func rename(_ source: FilePath, to destination: FilePath) throws(StorageError) {
        try attempt("rename to", destination) { calls throws(Errno) in try calls.rename(source, to: destination) }
    }

    /// Gives `source` the name `destination` beside the one it has.
    static func link(_ source: FilePath, to destination: FilePath) throws(StorageError) {
        try attempt("create", destination) { calls throws(Errno) in try calls.link(source, to: destination) }
    }

    /// Gives `source` the name `destination` unless that name is taken; returns whether it was given.
    ///
    /// A hard link is the portable way to create a name in one step only if nobody has it; the old name goes after.
    package static func renameIfAbsent(_ source: FilePath, to destination: FilePath) throws(StorageError) -> Bool {
        let isNew: Bool
        do throws(StorageError) {
            try link(source, to: destination)
            isNew = true
        } catch {
            guard error.errno == .fileExists else { throw error }
            isNew = false
        }
        try remove(source)
        return isNew
    }

    /// Removes the name `path`; no name is no error.
    package static func remove(_ path: FilePath) throws(StorageError) {
        do throws(StorageError) {
            try attempt("remove", path) { calls throws(Errno) in try calls.remove(path) }
        } catch {
            if error.errno != .noSuchFileOrDirectory { throw error }
        }
    }

    /// Makes a call, again if it was interrupted; an error of it gets the operation and the path.
    static func attempt<Result>(
        _ operation: String, _ path: FilePath, _ body: (any FileSystemCalls) throws(Errno) -> Result,
    ) throws(StorageError) -> Result {
        let calls = FileSystem.calls
        while true {
            do throws(Errno) {
                return try body(calls)
            } catch {
                if error != .interrupted { throw StorageError(operation, path, error) }
            }
        }
    }
}

#if canImport(Glibc)
    private let openFileResource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
#else
    private let openFileResource = RLIMIT_NOFILE
#endif
