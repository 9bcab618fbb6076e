import SystemPackage

/// What is asked of the file system as a whole.
package enum FileSystem {
    /// From how many files on one call for a whole file system is cheaper than one a file.
    private static let wholesaleFileCount = 16

    /// Makes durable what was written to the files, which are closed.
    ///
    /// Many files are made durable by a single call for their file system where there is such a call: each call waits
    /// for the disk.
    static func synchronise(_ paths: [FilePath]) throws(StorageError) {
        #if os(Linux)
            if paths.count >= wholesaleFileCount { return try synchroniseWhole(paths) }
        #endif
        for path in paths { try synchroniseOne(path) }
    }

    private static func synchroniseOne(_ path: FilePath) throws(StorageError) {
        let descriptor = try File.open(path, .readOnly)
        defer { File.discard(descriptor) }
        try File.synchronise(descriptor, path: path)
    }

    #if os(Linux)
        /// Synchronises every file system that has one of the files.
        private static func synchroniseWhole(_ paths: [FilePath]) throws(StorageError) {
            var devices: Set<UInt64> = []
            for folder in Set(paths.map { $0.removingLastComponent() }) {
                let descriptor = try File.open(folder.isEmpty ? "." : folder, .readOnly, options: .directory)
                defer { File.discard(descriptor) }
                let status = try File.status(of: descriptor, path: folder)
                guard devices.insert(status.identity.device).inserted else { continue }
                // As of a single file, a failure is never retried.
                do throws(Errno) {
                    try calls.synchroniseFileSystem(of: descriptor)
                } catch {
                    throw StorageError("fsync", folder, error)
                }
            }
        }
    #endif
}
