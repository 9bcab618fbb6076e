import Columns
import Events
import Ingest
import Partitions
import Platform

/// Days that lack the partition that the ledger names.
struct MissingDays: Sendable {
    private let days: Set<Day>
    private let key: SurfaceKey
    private let store: PartitionStore

    fileprivate init(days: Set<Day>, _ key: SurfaceKey, _ store: PartitionStore) {
        self.days = days
        self.key = key
        self.store = store
    }

    /// - Throws: `PipelineError.missingPartition` if one of them is in the window.
    func check(_ window: Window) throws(PipelineError) {
        guard let day = days.filter({ window.contains($0) }).min() else { return }
        throw .missingPartition(store.path(PartitionKey(key, day)))
    }
}

extension Pipeline {
    /// The days of a window that have no partition though the ledger names one: what is computed from the others would
    /// not be what it says it is.
    ///
    /// - Throws: `LockHeldError` if there are some, and an ingest or a collection is under way, which may just have
    ///   taken them out; `StorageError`.
    func missingDays(of key: SurfaceKey, in window: Window) throws -> MissingDays {
        let days = { () throws in
            try layout.ledger.days(of: key).filter { window.contains($0) }.subtracting(layout.partitions.days(key))
        }
        if try days().isEmpty { return MissingDays(days: [], key, layout.partitions) }
        return try FileLock.holding([Ingestion.lock(of: key, in: layout.partitionLocks)]) {
            MissingDays(days: try days(), key, layout.partitions)
        }
    }
}
