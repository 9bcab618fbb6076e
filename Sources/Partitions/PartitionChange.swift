package import Columns
package import Platform
package import SystemPackage

/// Partitions that are about to be replaced or removed. Dropped before `commit`, it leaves the store as it was.
package final class PartitionChange: Sendable {
    private let store: PartitionStore
    private let isDryRun: Bool
    private let files: AtomicFileGroup

    /// A partition file that is ready to be switched to.
    package struct PreparedPartition: Sendable {
        package let rowCount: Int
        package let byteCount: Int
        package let digest: SHA256Digest
        /// False if the partition that is there holds the same already, and stays; true of a rehearsal.
        package let isNew: Bool
    }

    init(store: PartitionStore, isDryRun: Bool) {
        self.store = store
        self.isDryRun = isDryRun
        files = AtomicFileGroup(reading: store.access)
    }

    /// Encodes the events and writes them beside the partition that they will replace; `commit` makes them durable.
    @discardableResult
    package func replace(
        _ key: PartitionKey, with columns: ExposureColumns, using zstandard: Zstandard,
    ) throws -> PreparedPartition {
        let bytes = PartitionEncoder.encode(columns, key: key, using: zstandard)
        let isNew = try isDryRun || files.prepare(bytes, as: store.path(key))
        return PreparedPartition(
            rowCount: columns.count, byteCount: bytes.count, digest: SHA256Digest(of: bytes.rawSpan), isNew: isNew)
    }

    /// Merges sorted runs, removes them, and writes the result beside the partition that it will replace, in memory
    /// that does not grow with the number of events.
    ///
    /// - Parameters:
    ///   - runs: Files that `RunEncoder` made of events of this key, at least one.
    ///   - isKeepingStored: True to add the events to those of the partition that is there: of every distinct event as
    ///     many are kept as the side has that has more of it.
    ///   - folder: Where temporary files are made.
    /// - Throws: `FormatError` if the partition that is there is damaged; `StorageError`; `Interruption`.
    package func replace(
        _ key: PartitionKey, withRuns runs: [FilePath], isKeepingStored: Bool, in folder: FilePath,
        using zstandard: Zstandard,
    ) throws -> PreparedPartition {
        let reducer = RunReducer(key: key, folder: folder, access: store.access, zstandard: zstandard)
        let runs = try reducer.reduce(runs)
        var merged = try runs.map { try MergedFile(run: $0, store.access) }
        if isKeepingStored { merged.insert(MergedFile(stored: try store.open(key)), at: 0) }
        let merge = PartitionMerge(key: key, files: merged, folder: folder, zstandard: zstandard)
        var output = DigestedOutput(isDryRun ? nil : try AtomicFile(path: store.path(key)))
        let rowCount = try merge.run(.stored) { bytes throws(StorageError) in try output.write(bytes) }
        let (byteCount, digest) = (output.byteCount, output.digest)
        var isNew = true
        if let file = output.takeFile() { isNew = try files.adopt(file) }
        // Those of the next partitions may need the room.
        for run in runs { try File.remove(run) }
        return PreparedPartition(rowCount: rowCount, byteCount: byteCount, digest: digest, isNew: isNew)
    }

    /// Removes the partition of `key`, if there is one.
    package func remove(_ key: PartitionKey) {
        files.remove(store.path(key))
    }

    /// Switches all partitions, each in one step. A rehearsal cannot be committed.
    package func commit() throws(StorageError) {
        precondition(!isDryRun, "a dry run commits nothing")
        try files.commit()
    }
}

/// A file that is written piece by piece, or nowhere, with its digest.
private struct DigestedOutput: ~Copyable {
    private var file: AtomicFile?
    private var hasher = SHA256Hasher()
    private(set) var byteCount = 0

    init(_ file: consuming AtomicFile?) {
        self.file = file
    }

    var digest: SHA256Digest { hasher.finish() }

    mutating func write(_ bytes: borrowing RawSpan) throws(StorageError) {
        try file?.write(bytes)
        hasher.update(bytes)
        byteCount += bytes.byteCount
    }

    mutating func takeFile() -> AtomicFile? {
        file.take()
    }
}
