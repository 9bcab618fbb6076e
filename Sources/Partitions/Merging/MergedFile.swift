import Columns

/// One of the partition files that are merged.
struct MergedFile {
    let reader: PartitionReader
    /// True for a sorted run of an ingest, false for a partition of the store.
    let isRun: Bool
}
