import Artifacts
package import Builders
package import Events
package import Platform
import Publishing

/// How fresh and how sound what an owner serves is.
package struct OwnerStatus: Sendable {
    /// What is current of a kind.
    package struct Current: Sendable {
        package let kind: ArtifactKind
        package let version: String
        package let window: Window
    }

    package let owner: SegmentKey
    /// When what is current became so; nil if nothing is.
    package let updatedAt: Timestamp?
    /// By kind.
    package let current: [Current]
    /// Why what is current cannot be served, or may not be.
    package let problems: [any Failure]
    package let lastRun: RunNote?
    package let lastFailure: RunNote?

    /// The last day that the current artifacts of all kinds cover; nil if nothing is current.
    package var lastDay: Day? { current.map(\.window.end).min() }

    /// How many complete days are missing at a time: 0 if the day before it is covered.
    package func daysBehind(at now: Timestamp) -> Int? {
        lastDay.map { max(0, Int(now.day.daysSinceEpoch) - Int($0.daysSinceEpoch) - 1) }
    }

    /// For how many seconds what is current has been so.
    package func ageInSeconds(at now: Timestamp) -> Int? {
        updatedAt.map { max(0, now.secondsSinceEpoch - $0.secondsSinceEpoch) }
    }
}

extension Pipeline {
    /// The status of every owner that ever published something, ascending.
    ///
    /// - Parameter isWanted: Says of an owner whether it is asked for.
    /// - Throws: `StorageError` if a folder cannot be listed. What is wrong with an owner is in its status.
    package func status(of isWanted: (SegmentKey) -> Bool) throws -> [OwnerStatus] {
        let registry = layout.registry
        return try registry.surfaceKeys().flatMap { try registry.owners(of: $0) }.filter(isWanted).compactMap { owner in
            let status = try status(of: owner)
            // A surface may have segments only.
            let isEmpty = status.updatedAt == nil && status.problems.isEmpty && status.lastRun == nil
            return isEmpty ? nil : status
        }
    }

    private func status(of owner: SegmentKey) throws -> OwnerStatus {
        var (current, problems): ([OwnerStatus.Current], [any Failure]) = ([], [])
        var updatedAt: Timestamp?
        do {
            let manifest = try layout.registry.manifest(of: owner)
            updatedAt = manifest?.updatedAt
            for (kind, uri) in (manifest?.current ?? [:]).sorted(by: { $0.key < $1.key }) {
                do {
                    let record = try servable(kind, uri, owner)
                    current.append(
                        OwnerStatus.Current(
                            kind: kind, version: record.version.hexadecimal, window: record.key.window))
                } catch let failure as any Failure {
                    problems.append(failure)
                }
            }
            if manifest == nil, try layout.registry.lastHistoryNumber(of: owner) > 0 {
                problems.append(PublishingError.lostManifest(path: layout.registry.manifestPath(owner), owner))
            }
        } catch let failure as any Failure {
            problems.append(failure)
        }
        return OwnerStatus(
            owner: owner, updatedAt: updatedAt, current: current, problems: problems,
            lastRun: layout.runNotes.lastRun(of: owner), lastFailure: layout.runNotes.lastFailure(of: owner))
    }

    /// The record of what is current of a kind.
    ///
    /// - Throws: `PublishingError` if its blob is missing, or not as long as it must be; `verify` reads it whole.
    private func servable(_ kind: ArtifactKind, _ uri: String, _ owner: SegmentKey) throws -> ArtifactRecord {
        let place = layout.registry.manifestPath(owner)
        let record = try layout.registry.record(of: owner, kind: kind, uri: uri, namedIn: place)
        let path = layout.objectStore.path(of: record)
        guard let status = try File.status(at: path) else {
            throw PublishingError.missingBlob(path: path, namedIn: place)
        }
        guard status.byteCount == record.byteCount else {
            throw PublishingError.corruptBlob(
                path: path, reason: "has \(status.byteCount) bytes, its record says \(record.byteCount)")
        }
        return record
    }
}
