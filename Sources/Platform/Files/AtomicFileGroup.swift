import Synchronization
package import SystemPackage

/// Several files that are all prepared first under temporary names, made durable together, and only then get their
/// names, one by one in the order in which they were prepared.
///
/// A group that is dropped before its files have their names leaves every file as it was. Any thread may prepare files.
package final class AtomicFileGroup: Sendable {
    private struct Changes {
        var prepared: [(temporary: FilePath, final: FilePath)] = []
        var removals: [FilePath] = []
        /// Folders that hold files that are there already, whose names may not be durable.
        var folders: Set<FilePath> = []
        var isSynchronised = false
    }

    private let changes = Mutex(Changes())
    private let access: FileAccess

    /// - Parameter access: How files are read to be compared.
    package init(reading access: FileAccess = .mapped) {
        self.access = access
    }

    deinit {
        changes.withLock { changes in
            for file in changes.prepared { try? File.remove(file.temporary) }
        }
    }

    /// True if no file was prepared and none is to be removed.
    package var isEmpty: Bool { changes.withLock { $0.prepared.isEmpty && $0.removals.isEmpty } }

    /// Writes `bytes` beside `path`, to become the file at `path`. A file that holds just these bytes stays.
    ///
    /// - Returns: False if it stays.
    @discardableResult
    package func prepare(_ bytes: [UInt8], as path: FilePath) throws(StorageError) -> Bool {
        if let present = try presentFile(at: path, byteCount: bytes.count), try present.holds(bytes.rawSpan) {
            confirm(path)
            return false
        }
        try prepareAlways(bytes, as: path)
        return true
    }

    /// Writes `bytes` beside `path`, to become the file at `path` whatever is there.
    package func prepareAlways(_ bytes: [UInt8], as path: FilePath) throws(StorageError) {
        var file = try AtomicFile(path: path)
        try file.write(bytes.rawSpan)
        try add(file)
    }

    /// Takes over a file that has been written. If it holds what the file of its final name holds already, that stays.
    ///
    /// - Returns: False if that stays.
    @discardableResult
    package func adopt(_ file: consuming AtomicFile) throws(StorageError) -> Bool {
        let path = file.path
        let written = try file.readBack(access)
        if let present = try presentFile(at: path, byteCount: written.byteCount),
            try written.holdsTheSame(as: present)
        {
            confirm(path)
            return false
        }
        try add(file)
        return true
    }

    /// Takes over a file that has been written, whatever is there.
    package func add(_ file: consuming AtomicFile) throws(StorageError) {
        let path = file.path
        let temporary = try file.handOver()
        changes.withLock { $0.prepared.append((temporary, path)) }
    }

    /// Notes that the file at `path` is to go.
    package func remove(_ path: FilePath) {
        changes.withLock { $0.removals.append(path) }
    }

    /// Notes that the file at `path` is there and is to stay: whoever gave it its name may have died before the name
    /// was durable.
    package func confirm(_ path: FilePath) {
        changes.withLock { _ = $0.folders.insert(path.removingLastComponent()) }
    }

    /// Makes durable what was prepared in all of the groups.
    package static func synchronise(_ groups: [AtomicFileGroup]) throws(StorageError) {
        let temporaries = groups.flatMap { group in
            group.changes.withLock { changes in
                defer { changes.isSynchronised = true }
                return changes.isSynchronised ? [] : changes.prepared.map(\.temporary)
            }
        }
        try FileSystem.synchronise(temporaries)
    }

    /// Hands every prepared file to `body`, read back through the file system, with the name that it will have.
    ///
    /// - Throws: The error of `body`; `StorageError`; `Interruption`.
    package func readBack(threadCount: Int, _ body: @Sendable (DataFile, FilePath) throws -> Void) throws {
        let prepared = changes.withLock { $0.prepared }
        _ = try Parallel.map(count: prepared.count, threadCount: threadCount) { index in
            try body(DataFile(path: prepared[index].temporary, access: access), prepared[index].final)
        }
    }

    /// Switches every file, each in one step, and makes the new names durable.
    ///
    /// A crash or an error on the way leaves each file either old or new.
    package func commit() throws(StorageError) {
        try AtomicFileGroup.synchronise([self])
        let (prepared, removals) = changes.withLock { ($0.prepared, $0.removals) }
        var folders = changes.withLock { $0.folders }
        for file in prepared {
            try File.rename(file.temporary, to: file.final)
            folders.insert(file.final.removingLastComponent())
        }
        for path in removals {
            try File.remove(path)
            // Whoever has removed it before may have died before that was durable.
            let folder = path.removingLastComponent()
            if try File.exists(folder) { folders.insert(folder) }
        }
        for folder in folders { try Directory.synchronise(folder) }
        changes.withLock { $0 = Changes() }
    }

    /// Gives every file its name unless that is taken, and makes the names durable.
    ///
    /// A crash or an error on the way leaves each file either missing or whole.
    ///
    /// - Parameter isOrdered: True if no file may outlive a crash that one before it does not: then each name is made
    ///   durable before the next is given, which takes a wait for the disk each.
    /// - Returns: The names that were taken: these files stay as they are.
    package func create(isOrdered: Bool = false) throws(StorageError) -> [FilePath] {
        try AtomicFileGroup.synchronise([self])
        let prepared = changes.withLock { $0.prepared }
        var folders = changes.withLock { $0.folders }
        var taken: [FilePath] = []
        for file in prepared {
            if isOrdered {
                for folder in folders { try Directory.synchronise(folder) }
                folders = []
            }
            if try File.renameIfAbsent(file.temporary, to: file.final) == false { taken.append(file.final) }
            folders.insert(file.final.removingLastComponent())
        }
        for folder in folders { try Directory.synchronise(folder) }
        changes.withLock { $0 = Changes() }
        return taken
    }

    /// The file at `path`, if there is one of that length.
    private func presentFile(at path: FilePath, byteCount: Int) throws(StorageError) -> DataFile? {
        guard let status = try File.status(at: path), status.byteCount == byteCount else { return nil }
        return try DataFile(path: path, access: access)
    }
}
