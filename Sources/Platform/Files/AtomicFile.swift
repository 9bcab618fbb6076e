package import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that appears under its name whole and durable, or not at all.
///
/// The bytes go to a temporary name in the final folder, are synchronised, and get the final name in one step; then the
/// folder is synchronised. An object that is dropped before it was committed leaves nothing behind.
package struct AtomicFile: ~Copyable {
    /// The name the file will have.
    package let path: FilePath
    private let temporaryPath: FilePath
    private let descriptor: FileDescriptor
    private let isDurable: Bool
    private var isOpen = true
    /// True once the temporary name is gone, or somebody else's to remove.
    private var isHandedOver = false

    /// How the temporary names of unfinished files begin; no finished file's name does.
    package static let temporaryPrefix = ".tmp-"

    /// Creates the temporary file, and the folders that are missing.
    ///
    /// - Parameters:
    ///   - folder: Where the temporary file is made: on the same file system; nil for beside `path`.
    ///   - isDurable: False for what can be made again, and is verified when it is read: it appears whole as long as
    ///     the machine runs, and after a crash of it may be missing or hold anything.
    package init(path: FilePath, in folder: FilePath? = nil, isDurable: Bool = true) throws(StorageError) {
        try Directory.create(path.removingLastComponent(), isDurable: isDurable)
        let temporaryPath = AtomicFile.temporaryPath(for: path, in: folder ?? path.removingLastComponent())
        let descriptor = try File.open(temporaryPath, .writeOnly, options: [.create, .exclusiveCreate])
        self.path = path
        self.temporaryPath = temporaryPath
        self.descriptor = descriptor
        self.isDurable = isDurable
    }

    deinit {
        if isOpen { File.discard(descriptor) }
        if !isHandedOver { try? File.remove(temporaryPath) }
    }

    /// Appends bytes to the temporary file.
    package mutating func write(_ bytes: RawSpan) throws(StorageError) {
        try File.write(bytes, to: descriptor, path: path)
    }

    /// Makes durable what was written so far.
    package func synchronise() throws(StorageError) {
        try File.synchronise(descriptor, path: path)
    }

    /// What was written so far, read back through the file system.
    package func readBack(_ access: FileAccess) throws(StorageError) -> DataFile {
        try DataFile(path: temporaryPath, access: access)
    }

    /// Makes the file durable and gives it its name, replacing the file that had it.
    package consuming func commit() throws(StorageError) {
        try finish()
        try File.rename(temporaryPath, to: path)
        isHandedOver = true
        if isDurable { try Directory.synchronise(path.removingLastComponent()) }
    }

    /// Makes the file durable and gives it its name unless the name is taken; returns whether it was given.
    package consuming func commitIfAbsent() throws(StorageError) -> Bool {
        try finish()
        let isNew = try File.renameIfAbsent(temporaryPath, to: path)
        isHandedOver = true
        if isDurable { try Directory.synchronise(path.removingLastComponent()) }
        return isNew
    }

    private mutating func finish() throws(StorageError) {
        if isDurable { try synchronise() }
        try close()
    }

    private mutating func close() throws(StorageError) {
        isOpen = false
        let path = path
        try File.close(descriptor, path: path)
    }

    /// A name in `folder` that no other process and no earlier call uses.
    private static func temporaryPath(for path: FilePath, in folder: FilePath) -> FilePath {
        // In a container every process may have the same number; what a killed one left must not be in the way.
        let unique = String(UInt64.random(in: 0...UInt64.max), radix: 16)
        let name = "\(temporaryPrefix)\(unique)-\(path.lastComponent?.string ?? "file")"
        // Names are limited in bytes. A character that is cut in half is replaced by one of three bytes.
        return folder.appending(String(decoding: name.utf8.prefix(200), as: UTF8.self))
    }
}

extension AtomicFile {
    /// Writes `bytes` as the file at `path`, replacing the one that was there.
    package static func write(_ bytes: RawSpan, to path: FilePath) throws(StorageError) {
        var file = try AtomicFile(path: path)
        try file.write(bytes)
        try file.commit()
    }

    /// Removes the unfinished files in a folder. Only for who knows that nobody writes there.
    package static func removeUnfinished(in folder: FilePath) throws(StorageError) {
        for name in try Directory.names(in: folder) where name.hasPrefix(temporaryPrefix) {
            try File.remove(folder.appending(name))
        }
    }

    /// The unfinished files in a folder and in those below it.
    package static func unfinished(below folder: FilePath) throws(StorageError) -> [FilePath] {
        var paths: [FilePath] = []
        for name in try Directory.names(in: folder) {
            let path = folder.appending(name)
            if name.hasPrefix(temporaryPrefix) {
                paths.append(path)
            } else if try Directory.exists(path) {
                paths += try unfinished(below: path)
            }
        }
        return paths
    }

    /// Ends the writing and returns the temporary name, which is now the caller's to make durable.
    consuming func handOver() throws(StorageError) -> FilePath {
        try close()
        isHandedOver = true
        return temporaryPath
    }

    /// Writes `bytes` as the file at `path` unless there is one; returns whether it was written.
    package static func create(_ bytes: RawSpan, at path: FilePath) throws(StorageError) -> Bool {
        var file = try AtomicFile(path: path)
        try file.write(bytes)
        return try file.commitIfAbsent()
    }
}
