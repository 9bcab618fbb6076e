import Artifacts
package import Builders
package import Events
package import Platform
import SystemPackage

/// A version that was published, and whether it is the one to serve.
package struct PublishedVersion: Sendable {
    package let record: ArtifactRecord
    package let isCurrent: Bool
    /// True if garbage collection leaves it alone whatever its age.
    package let isPinned: Bool
}

extension Registry {
    /// All that was published for an owner, by kind, then by window, then by version; and why other records cannot be
    /// read.
    ///
    /// - Throws: `PublishingError` if nothing was, or the manifest is damaged; `StorageError`.
    package func versions(
        of owner: SegmentKey, kind: ArtifactKind? = nil,
    ) throws -> (versions: [PublishedVersion], failures: [any Failure]) {
        let manifest = try manifest(of: owner)
        var (versions, failures): ([PublishedVersion], [any Failure]) = ([], [])
        for kind in kind.map({ [$0] }) ?? ArtifactKind.allCases.sorted() {
            let current = manifest?.current[kind].map { Registry.version(inURI: $0) }
            let pinned = try pinnedVersions(owner.surfaceKey, kind)
            let found = try records(of: owner.surfaceKey, kind: kind)
            failures += found.failures
            versions += found.records.filter { $0.key.owner == owner }.sorted { left, right in
                let (first, second) = (left.key.window, right.key.window)
                return (first.end, first.start, left.version.hexadecimal)
                    < (second.end, second.start, right.version.hexadecimal)
            }
            .map { record in
                let version = record.version.hexadecimal
                return PublishedVersion(
                    record: record, isCurrent: version == current, isPinned: pinned.contains(version))
            }
        }
        if manifest == nil, versions.isEmpty, failures.isEmpty { throw PublishingError.nothingPublished(owner) }
        return (versions, failures)
    }

    /// Opens and verifies a published blob: that of `version`, the first characters of which are enough, or the current
    /// one.
    ///
    /// - Throws: `PublishingError` if there is none, or it is not what its record says; `FormatError` if it is damaged.
    package func openBlob(
        of owner: SegmentKey, kind: ArtifactKind, version: String?, in store: ObjectStore,
    ) throws -> (file: DataFile, record: ArtifactRecord) {
        if let version {
            let record = try record(beginning: version, owner, kind: kind)
            return (try openBlob(of: record, in: store), record)
        }
        guard let manifest = try manifest(of: owner) else { throw PublishingError.nothingPublished(owner) }
        guard let uri = manifest.current[kind] else {
            throw PublishingError.notFound(
                what: "\(owner): no \(kind.rawValue) is current",
                remedy: "list what there is: recsys-pipelines versions \(owner.flags)")
        }
        let place = manifestPath(owner)
        let record = try record(of: owner, kind: kind, uri: uri, namedIn: place)
        return (try ArtifactFileVerification.open(record, in: store, namedIn: place), record)
    }

    /// Opens and verifies the blob that a record describes.
    ///
    /// - Throws: `PublishingError` if it is missing, or another one; `FormatError` if it is damaged; `StorageError`.
    package func openBlob(of record: ArtifactRecord, in store: ObjectStore) throws -> DataFile {
        try ArtifactFileVerification.open(record, in: store, namedIn: path(of: record))
    }

    /// The record of the version that begins so: of that kind, or of any.
    ///
    /// - Throws: `PublishingError` if there is none, or more than one.
    package func record(beginning prefix: String, _ owner: SegmentKey, kind: ArtifactKind?) throws -> ArtifactRecord {
        let (versions, failures) = try versions(of: owner, kind: kind)
        let matches = versions.map(\.record).filter { $0.version.hexadecimal.hasPrefix(prefix) }
        if let match = matches.first, matches.count == 1 { return match }
        // It may be the one that is asked for.
        if matches.isEmpty, let failure = failures.first { throw failure }
        throw PublishingError.notFound(
            what: "\(owner): \(matches.isEmpty ? "no" : String(matches.count)) versions "
                + "\(kind.map { "of \($0.rawValue) " } ?? "")begin with \(prefix)",
            remedy: "list what there is: recsys-pipelines versions \(owner.flags)")
    }
}
