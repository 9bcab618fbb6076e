package import Artifacts
package import Builders
package import Events
import Platform
package import Publishing

/// Two published versions of a kind, and how they differ.
package struct PublishedComparison: Sendable {
    /// One of the two.
    package struct Side: Sendable {
        package let record: ArtifactRecord
        package let parameters: [ArtifactParameter]
        package let rowCount: Int
        /// Entries of all rows.
        package let entryCount: Int
    }

    package let first: Side
    package let second: Side
    package let comparison: ArtifactComparison
}

extension Pipeline {
    /// Compares two published versions of a kind.
    ///
    /// - Parameters:
    ///   - first: A version, or how it begins; nil for the one that was current before.
    ///   - second: The version that is compared with it; nil for the current one.
    ///   - topCount: The k of the overlap at k, at least 1.
    /// - Throws: `PublishingError` if there is none, or nothing to compare with; `ArtifactError` if one is published as
    ///   JSON v1; `FormatError` if one is damaged; `StorageError`; `Interruption`.
    package func compare(
        _ kind: ArtifactKind, of owner: SegmentKey, _ first: String?, _ second: String?, topCount: Int,
    ) throws -> PublishedComparison {
        let (registry, store) = (layout.registry, layout.objectStore)
        let firstVersion = try first ?? registry.previousVersion(of: owner, kind: kind)
        let artifacts = try [firstVersion, second].map { version in
            let (file, record) = try registry.openBlob(of: owner, kind: kind, version: version, in: store)
            guard record.format == .rsart else { throw ArtifactError.rowsInJSON(path: file.path) }
            return (record: record, artifact: try ArtifactDecoder.decode(file, keepingRowsIn: scratch))
        }
        let sides = artifacts.map { record, artifact in
            PublishedComparison.Side(
                record: record, parameters: artifact.parameters, rowCount: artifact.rows.rowCount,
                entryCount: artifact.rows.entryCount)
        }
        let comparison = try ArtifactComparison(
            of: artifacts[0].artifact, and: artifacts[1].artifact, topCount: topCount)
        return PublishedComparison(first: sides[0], second: sides[1], comparison: comparison)
    }
}
