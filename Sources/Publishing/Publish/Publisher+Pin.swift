import Artifacts
package import Builders
package import Events
import Platform

extension Publisher {
    /// Pins a version, or how it begins, so that garbage collection leaves it alone.
    ///
    /// - Returns: Its record, and whether it was not pinned before.
    /// - Throws: `PublishingError` if there is no such version; `LockHeldError`; `StorageError`.
    package func pin(
        _ version: String, of owner: SegmentKey, kind: ArtifactKind?, reason: String?, isDryRun: Bool,
    ) throws -> (record: ArtifactRecord, isNew: Bool) {
        try changePin(version, owner, kind, isDryRun: isDryRun, isPinned: false) { record throws(StorageError) in
            try registry.pin(record, reason: reason)
        }
    }

    /// Takes a pin away.
    ///
    /// - Returns: The record of the version, and whether it was pinned before.
    /// - Throws: As `pin`.
    package func unpin(
        _ version: String, of owner: SegmentKey, kind: ArtifactKind?, isDryRun: Bool,
    ) throws -> (record: ArtifactRecord, isNew: Bool) {
        try changePin(version, owner, kind, isDryRun: isDryRun, isPinned: true) { record throws(StorageError) in
            try registry.unpin(record)
        }
    }

    private func changePin(
        _ version: String, _ owner: SegmentKey, _ kind: ArtifactKind?, isDryRun: Bool, isPinned: Bool,
        _ change: (ArtifactRecord) throws(StorageError) -> Bool,
    ) throws -> (record: ArtifactRecord, isNew: Bool) {
        let record = try registry.record(beginning: version, owner, kind: kind)
        if isDryRun {
            let pinned = try registry.pinnedVersions(owner.surfaceKey, record.key.kind)
            return (record, pinned.contains(record.version.hexadecimal) == isPinned)
        }
        return try FileLock.holding(locks.pinning(owner.surfaceKey)) {
            let record = try registry.record(beginning: version, owner, kind: kind)
            return (record, try change(record))
        }
    }
}
