import Artifacts
package import Builders
package import Events
package import Platform
import SystemPackage

/// A version that was published, and whether it is the one to serve.
package struct PublishedVersion: Sendable {
    package let record: ArtifactRecord
    package let isCurrent: Bool
}

extension Registry {
    /// All that was published for an owner, by kind, then by window, then by version.
    ///
    /// - Throws: `PublishingError` if nothing was, or a file of the registry is damaged.
    package func versions(of owner: SegmentKey, kind: ArtifactKind? = nil) throws -> [PublishedVersion] {
        guard let manifest = try manifest(of: owner) else { throw PublishingError.nothingPublished(owner) }
        let kinds = kind.map { [$0] } ?? ArtifactKind.allCases.sorted()
        return try kinds.flatMap { kind in
            let current = manifest.current[kind].map { Registry.version(inURI: $0) }
            return try records(of: owner.surfaceKey, kind: kind).filter { $0.key.owner == owner }.sorted {
                left, right in
                let (first, second) = (left.key.window, right.key.window)
                return (first.end, first.start, left.version.hexadecimal)
                    < (second.end, second.start, right.version.hexadecimal)
            }
            .map { PublishedVersion(record: $0, isCurrent: $0.version.hexadecimal == current) }
        }
    }

    /// Opens and verifies a published blob: that of `version`, the first characters of which are enough, or the current
    /// one.
    ///
    /// - Throws: `PublishingError` if there is none, or it is not what its record says; `FormatError` if it is damaged.
    package func openBlob(
        of owner: SegmentKey, kind: ArtifactKind, version: String?,
    ) throws -> (file: DataFile, record: ArtifactRecord) {
        if let version {
            let full = try self.version(beginning: version, owner, kind)
            let record = try record(of: owner.surfaceKey, kind: kind, version: full)
            let place = FilePath("record \(full)")
            return (try ArtifactFileVerification.verify(record.uri, is: record, namedIn: place, access), record)
        }
        guard let manifest = try manifest(of: owner) else { throw PublishingError.nothingPublished(owner) }
        guard let uri = manifest.current[kind] else {
            throw PublishingError.notFound(
                what: "\(owner): no \(kind.rawValue) is current",
                remedy: "list what there is: recsys-pipelines versions \(owner.flags)")
        }
        let place = manifestPath(owner)
        let record = try record(of: owner, kind: kind, uri: uri, namedIn: place)
        let file = try ArtifactFileVerification.verify(uri, is: record, namedIn: place, access)
        return (file, record)
    }

    private func version(beginning prefix: String, _ owner: SegmentKey, _ kind: ArtifactKind) throws -> String {
        let versions = try versions(of: owner, kind: kind).map(\.record.version.hexadecimal)
        let matches = versions.filter { $0.hasPrefix(prefix) }
        guard let match = matches.first, matches.count == 1 else {
            throw PublishingError.notFound(
                what: "\(owner): \(matches.isEmpty ? "no" : String(matches.count)) versions of \(kind.rawValue) begin "
                    + "with \(prefix)",
                remedy: "list what there is: recsys-pipelines versions \(owner.flags)")
        }
        return match
    }
}
