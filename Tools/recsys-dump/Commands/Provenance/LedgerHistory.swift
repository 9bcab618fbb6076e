import Columns
import Events
import Ingest
import Platform
import SystemPackage

/// What the ledger says of the partitions of a tenant and surface.
struct LedgerHistory: Sendable {
    let folder: FilePath
    /// The entries that could be read, in the order in which they took effect.
    let entries: [LedgerEntry]
    /// Why others could not.
    let problems: [any Failure]

    /// - Throws: `StorageError` if the ledger cannot be listed.
    init(_ ledger: Ledger, of key: SurfaceKey) throws {
        folder = ledger.root.appending(key.tenant.text).appending(key.surface.text)
        (entries, problems) = try ledger.contents(of: key)
    }

    /// What made the partition of a day that has these bytes.
    func origin(of day: String, digest: String) -> PartitionOrigin {
        let concerned = entries.filter { $0.removed.contains(day) || $0.digest(of: day) != nil }
        guard let last = concerned.lastIndex(where: { $0.digest(of: day) == digest }) else {
            return PartitionOrigin(entries: [], latest: concerned.last, mayBeDamaged: !problems.isEmpty)
        }
        // A replacement makes all that was before of no account; so does a removal.
        let first = concerned[...last].lastIndex { $0.mode == IngestMode.replace.rawValue } ?? 0
        return PartitionOrigin(entries: Array(concerned[first...last]), latest: concerned.last, mayBeDamaged: false)
    }
}

/// The ingests that the content of a partition comes from.
struct PartitionOrigin: Sendable {
    /// Oldest first: the last replacement of the day, and what was merged into it; none if the ledger does not know
    /// these bytes.
    let entries: [LedgerEntry]
    /// The latest ingest that concerned the day.
    let latest: LedgerEntry?
    /// True if there are no entries, but some of the ledger cannot be read: these bytes may be those of one.
    let mayBeDamaged: Bool
}

extension LedgerEntry {
    /// The SHA-256 that the partition of a day had after the ingest; nil if it was not touched.
    func digest(of day: String) -> String? {
        partitions.first { $0.day == day }?.digest
    }
}
