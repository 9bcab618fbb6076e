import Columns
import Platform
import SystemPackage

/// One of the partition files that are merged.
struct MergedFile {
    let reader: PartitionReader
    /// True for a sorted run of an ingest, false for a partition of the store.
    let isRun: Bool

    init(stored reader: PartitionReader) {
        self.reader = reader
        isRun = false
    }

    /// - Throws: `StorageError` if the run cannot be opened; `FormatError` if it is damaged.
    init(run path: FilePath, _ access: FileAccess) throws {
        reader = try PartitionReader(DataFile(path: path, access: access))
        isRun = true
    }
}
