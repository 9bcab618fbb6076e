package import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A folder for the temporary files of one run, which goes with the object, and so does the folder of all such folders
/// if it was the last.
///
/// Who makes one removes those of runs that were killed: each folder holds a lock that ends with its process.
package final class ScratchFolder: Sendable {
    package let path: FilePath
    private let lock: FileLock

    private static let lockName = "lock"
    /// How often another process may take the new folder for an abandoned one.
    private static let attemptCount = 100

    /// Creates the folder `root/name` after removing what killed runs left in `root`.
    ///
    /// - Parameter name: A name that no other run has.
    /// - Throws: `StorageError`; `LockHeldError` if other processes take the folder away again and again.
    package init(root: FilePath, name: String) throws {
        try ScratchFolder.removeAbandoned(in: root)
        path = root.appending(name)
        lock = try ScratchFolder.claim(path)
    }

    deinit {
        try? ScratchFolder.remove(path)
        try? Directory.removeIfEmpty(path.removingLastComponent())
    }

    /// Removes the folders in `root` whose process is gone.
    ///
    /// - Throws: `StorageError` if one cannot be removed.
    package static func removeAbandoned(in root: FilePath) throws(StorageError) {
        guard try Directory.exists(root) else { return }
        for name in try Directory.names(in: root) where try Directory.exists(root.appending(name)) {
            let folder = root.appending(name)
            guard let lock = try lockIfPresent(folder) else { continue }
            try remove(folder)
            lock.keep()
        }
        try Directory.removeIfEmpty(root)
    }

    /// Creates a folder and locks it.
    private static func claim(_ folder: FilePath) throws -> FileLock {
        for _ in 0..<attemptCount {
            // Before it has its lock another process may find the folder abandoned, and remove it.
            if let lock = try lockIfPresent(folder) { return lock }
            // That takes a moment.
            usleep(1_000)
        }
        throw LockHeldError(path: folder.appending(lockName))
    }

    /// The lock of a folder, which is created if it is missing; nil if somebody holds it or removes the folder.
    private static func lockIfPresent(_ folder: FilePath) throws(StorageError) -> FileLock? {
        do {
            return try FileLock(path: folder.appending(lockName))
        } catch  where error.errno == .noSuchFileOrDirectory {
            return nil
        }
    }

    /// Removes a folder, the lock at last, so that nobody else can begin to remove it before it is empty. Who claims
    /// the folder just then keeps it.
    private static func remove(_ folder: FilePath) throws(StorageError) {
        for name in try Directory.names(in: folder) where name != lockName {
            try Directory.removeTree(folder.appending(name))
        }
        try File.remove(folder.appending(lockName))
        try Directory.removeIfEmpty(folder)
    }
}
