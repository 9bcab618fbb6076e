package import SystemPackage

/// The right to be the only one who does something, held through an advisory lock on a file.
///
/// The system gives the lock back when its holder ends, however it ends, so a dead process holds up nobody.
package struct FileLock: ~Copyable {
    private let descriptor: FileDescriptor

    /// Whom a lock keeps out.
    package enum Mode: Sendable {
        /// Everybody.
        case exclusive
        /// Those who want it for themselves alone.
        case shared
    }

    /// Takes the lock at once, or returns nil if another process or object holds it, or has removed the file while the
    /// lock was taken: a lock on a file without a name keeps nobody out.
    package init?(path: FilePath, _ mode: Mode = .exclusive) throws(StorageError) {
        try Directory.create(path.removingLastComponent())
        let descriptor = try File.open(path, .readWrite, options: .create)
        do throws(StorageError) {
            guard try FileLock.take(descriptor, path, mode) else {
                File.discard(descriptor)
                return nil
            }
        } catch {
            File.discard(descriptor)
            throw error
        }
        self.descriptor = descriptor
    }

    deinit {
        File.discard(descriptor)
    }

    /// A lock that is wanted.
    package struct Request: Sendable {
        let path: FilePath
        let mode: Mode

        package init(_ path: FilePath, _ mode: Mode = .exclusive) {
            self.path = path
            self.mode = mode
        }
    }

    /// Runs `body` while holding the locks, taken in the order given, which all callers must share.
    ///
    /// - Throws: `LockHeldError` if somebody holds one of them; whatever `body` throws.
    package static func holding<Result>(_ requests: [Request], _ body: () throws -> Result) throws -> Result {
        guard let request = requests.first else { return try body() }
        guard let lock = try FileLock(path: request.path, request.mode) else { throw LockHeldError(path: request.path) }
        defer { lock.keep() }
        return try holding(Array(requests.dropFirst()), body)
    }

    /// Locks an open file; false if somebody holds it, or if by then it is not the file at `path`.
    private static func take(
        _ descriptor: FileDescriptor, _ path: FilePath, _ mode: Mode,
    ) throws(StorageError) -> Bool {
        do throws(StorageError) {
            try File.attempt("lock", path) { calls throws(Errno) in
                try calls.lock(descriptor, isShared: mode == .shared)
            }
        } catch {
            if error.errno == .wouldBlock { return false }
            throw error
        }
        return try File.status(at: path)?.identity == File.status(of: descriptor, path: path).identity
    }

    /// Does nothing, and so keeps the lock alive up to the place where it is called.
    borrowing func keep() {}
}

/// Somebody else does what only one may do at a time.
package struct LockHeldError: Failure {
    package let path: FilePath

    package var kind: FailureKind { .conflict }
    package var message: String { "\(path): another process holds this lock" }
    package var remedy: String? { "wait until it has finished, then run the same command again" }
}
