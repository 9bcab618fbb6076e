import Synchronization
package import SystemPackage

/// Several files that are all prepared first under temporary names, made durable together, and only then get their
/// names, one by one.
///
/// A group that is dropped before it was committed leaves every file as it was. Any thread may prepare files.
package final class AtomicFileGroup: Sendable {
    private struct Changes {
        var prepared: [(temporary: FilePath, final: FilePath)] = []
        var removals: [FilePath] = []
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

    /// Writes `bytes` beside `path`, to become the file at `path`. A file that holds just these bytes stays.
    package func prepare(_ bytes: [UInt8], as path: FilePath) throws(StorageError) {
        if let present = try presentFile(at: path, byteCount: bytes.count) {
            if try present.holds(bytes.rawSpan) { return }
        }
        let temporary = try AtomicFile.prepare(bytes.rawSpan, for: path)
        changes.withLock { $0.prepared.append((temporary, path)) }
    }

    /// Takes over a file that has been written. If it holds what the file of its final name holds already, that stays.
    package func adopt(_ file: consuming AtomicFile) throws(StorageError) {
        let path = file.path
        let written = try file.readBack(access)
        if let present = try presentFile(at: path, byteCount: written.byteCount) {
            if try written.holdsTheSame(as: present) { return }
        }
        let temporary = try file.handOver()
        changes.withLock { $0.prepared.append((temporary, path)) }
    }

    /// Notes that the file at `path` is to go.
    package func remove(_ path: FilePath) {
        changes.withLock { $0.removals.append(path) }
    }

    /// Switches every file, each in one step, and makes the new names durable.
    ///
    /// A crash or an error on the way leaves each file either old or new.
    package func commit() throws(StorageError) {
        let (prepared, removals) = changes.withLock { ($0.prepared, $0.removals) }
        try FileSystem.synchronise(prepared.map(\.temporary))
        var folders: Set<FilePath> = []
        for file in prepared {
            try File.rename(file.temporary, to: file.final)
            folders.insert(file.final.removingLastComponent())
        }
        // What is not there needs no removal, and its folder may be missing too.
        for path in removals where try File.exists(path) {
            try File.remove(path)
            folders.insert(path.removingLastComponent())
        }
        for folder in folders { try Directory.synchronise(folder) }
        changes.withLock { $0 = Changes() }
    }

    /// The file at `path`, if there is one of that length.
    private func presentFile(at path: FilePath, byteCount: Int) throws(StorageError) -> DataFile? {
        guard let status = try File.status(at: path), status.byteCount == byteCount else { return nil }
        return try DataFile(path: path, access: access)
    }
}
