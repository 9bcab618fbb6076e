import SystemPackage

#if os(Linux)
    import CLinux
#endif
#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The calls of the system that the process runs on.
struct LocalFileSystem: FileSystemCalls {
    func open(
        _ path: FilePath, _ mode: FileDescriptor.AccessMode, _ options: FileDescriptor.OpenOptions,
    ) throws(Errno) -> FileDescriptor {
        try errno {
            try FileDescriptor.open(
                path, mode, options: options.union(.closeOnExec),
                permissions: options.contains(.create) ? [.ownerReadWrite, .groupRead, .otherRead] : nil,
                retryOnInterrupt: false)
        }
    }

    func close(_ descriptor: FileDescriptor) throws(Errno) {
        try errno { try descriptor.close() }
    }

    func read(
        _ descriptor: FileDescriptor, into target: inout MutableRawSpan, _ range: Range<Int>, at offset: Int?,
    ) throws(Errno) -> Int {
        try unsafe target.withUnsafeMutableBytes { (bytes) throws(Errno) -> Int in
            let part = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[range])
            return try errno {
                guard let offset else { return try unsafe descriptor.read(into: part, retryOnInterrupt: false) }
                return try unsafe descriptor.read(
                    fromAbsoluteOffset: Int64(offset), into: part, retryOnInterrupt: false)
            }
        }
    }

    func write(_ descriptor: FileDescriptor, _ bytes: RawSpan) throws(Errno) -> Int {
        try unsafe bytes.withUnsafeBytes { (bytes) throws(Errno) -> Int in
            try errno { try unsafe descriptor.write(bytes, retryOnInterrupt: false) }
        }
    }

    func synchronise(_ descriptor: FileDescriptor) throws(Errno) {
        try check(fsync(descriptor.rawValue))
    }

    func synchroniseFileSystem(of descriptor: FileDescriptor) throws(Errno) {
        #if os(Linux)
            try check(syncfs(descriptor.rawValue))
        #else
            throw .notSupported
        #endif
    }

    func lock(_ descriptor: FileDescriptor, isShared: Bool) throws(Errno) {
        try check(flock(descriptor.rawValue, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB))
    }

    func map(_ descriptor: FileDescriptor, byteCount: Int) throws(Errno) -> MappedMemory {
        let address = unsafe mmap(nil, byteCount, PROT_READ, MAP_PRIVATE, descriptor.rawValue, 0)
        guard let address = unsafe address, unsafe address != MAP_FAILED else { throw .current }
        return unsafe MappedMemory(address: address)
    }

    func status(of descriptor: FileDescriptor) throws(Errno) -> File.Status {
        var record = stat()
        try unsafe check(fstat(descriptor.rawValue, &record))
        return File.Status(record)
    }

    func status(at path: FilePath, followingLinks: Bool) throws(Errno) -> File.Status {
        var record = stat()
        let path = path.string
        try unsafe check(followingLinks ? stat(path, &record) : lstat(path, &record))
        return File.Status(record)
    }

    func names(in path: FilePath) throws(Errno) -> [String] {
        var names: [String] = []
        try forEachName(in: path) { name in
            names.append(name)
            return true
        }
        return names
    }

    func isEmptyFolder(_ path: FilePath) throws(Errno) -> Bool {
        var isEmpty = true
        try forEachName(in: path) { _ in
            isEmpty = false
            return false
        }
        return isEmpty
    }

    /// Hands every name but `.` and `..` to `body`, until that returns false.
    private func forEachName(in path: FilePath, _ body: (String) -> Bool) throws(Errno) {
        guard let stream = unsafe opendir(path.string) else { throw .current }
        defer { unsafe closedir(stream) }
        // The end of the folder and a failure look alike but for the reason.
        Errno.current = Errno(rawValue: 0)
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
                    unsafe String(cString: $0)
                }
            }
            if name != ".", name != "..", !body(name) { return }
            Errno.current = Errno(rawValue: 0)
        }
        let reason = Errno.current
        guard reason.rawValue == 0 else { throw reason }
    }

    func rename(_ source: FilePath, to destination: FilePath) throws(Errno) {
        try check(systemRename(source.string, destination.string))
    }

    func link(_ source: FilePath, to destination: FilePath) throws(Errno) {
        try check(systemLink(source.string, destination.string))
    }

    func remove(_ path: FilePath) throws(Errno) {
        try unsafe check(unlink(path.string))
    }

    func createFolder(_ path: FilePath) throws(Errno) {
        try unsafe check(mkdir(path.string, 0o755))
    }

    func removeFolder(_ path: FilePath) throws(Errno) {
        try unsafe check(rmdir(path.string))
    }

    /// What a call returned: 0, or else its reason is at hand.
    private func check(_ result: Int32) throws(Errno) {
        guard result == 0 else { throw .current }
    }

    /// swift-system's functions throw nothing else, and do not say so.
    private func errno<Result>(_ body: () throws -> Result) throws(Errno) -> Result {
        do {
            return try body()
        } catch {
            throw error as? Errno ?? .ioError
        }
    }
}

extension File.Status {
    fileprivate init(_ record: stat) {
        let type = record.st_mode & S_IFMT
        #if os(Linux)
            let modified = record.st_mtim.tv_sec
        #else
            let modified = record.st_mtimespec.tv_sec
        #endif
        self.init(
            byteCount: Int(record.st_size), isRegularFile: type == S_IFREG, isDirectory: type == S_IFDIR,
            modifiedAtSecond: modified,
            identity: File.Identity(
                device: UInt64(truncatingIfNeeded: record.st_dev), inode: UInt64(record.st_ino)))
    }
}

extension Errno {
    /// The reason of the system call that failed just now on this thread.
    static var current: Errno {
        get { Errno(rawValue: errno) }
        set { errno = newValue.rawValue }
    }
}

/// `rename(2)`, out of reach of the method of the same name.
private func systemRename(_ source: String, _ destination: String) -> Int32 {
    unsafe rename(source, destination)
}

/// `link(2)`, out of reach of the method of the same name.
private func systemLink(_ source: String, _ destination: String) -> Int32 {
    unsafe link(source, destination)
}
