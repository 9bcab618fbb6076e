package import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The right to be the only one who does something, held through an advisory lock on a file.
///
/// The system gives the lock back when its holder ends, however it ends, so a dead process holds up nobody.
package struct FileLock: ~Copyable {
    private let descriptor: FileDescriptor

    /// Takes the lock at once, or returns nil if another process or object holds it.
    package init?(path: FilePath) throws(StorageError) {
        try Directory.create(path.removingLastComponent())
        let descriptor = try File.open(path, .readWrite, options: .create)
        guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            let reason = Errno.current
            try? descriptor.close()
            if reason == .wouldBlock { return nil }
            throw StorageError("lock", path, reason)
        }
        self.descriptor = descriptor
    }

    deinit {
        try? descriptor.close()
    }
}
