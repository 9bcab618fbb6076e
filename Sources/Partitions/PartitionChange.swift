package import Columns
package import Platform
import SystemPackage

/// Partitions that are about to be replaced or removed. Dropped before `commit`, it leaves the store as it was.
package final class PartitionChange: Sendable {
    private let store: PartitionStore
    private let isDryRun: Bool
    private let files = AtomicFileGroup()

    init(store: PartitionStore, isDryRun: Bool) {
        self.store = store
        self.isDryRun = isDryRun
    }

    /// Encodes the events and writes them beside the partition that they will replace; `commit` makes them durable.
    ///
    /// - Returns: The SHA-256 and the size in bytes of the new file.
    @discardableResult
    package func replace(
        _ key: PartitionKey, with columns: ExposureColumns, using zstandard: Zstandard,
    ) throws -> (digest: SHA256Digest, byteCount: Int) {
        let bytes = PartitionEncoder.encode(columns, key: key, using: zstandard)
        if !isDryRun { try files.prepare(bytes, as: store.path(key)) }
        return (SHA256Digest(of: bytes.rawSpan), bytes.count)
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
