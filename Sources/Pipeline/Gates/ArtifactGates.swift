import Artifacts
import Builders
import Events
import Platform
import Publishing

/// Measures artifacts that are to become current against those that are.
struct ArtifactGates: Sendable {
    private let pipeline: Pipeline
    private let owner: SegmentKey

    /// The k of the overlap at k.
    private static let topCount = 10

    init(_ pipeline: Pipeline, _ owner: SegmentKey) {
        self.pipeline = pipeline
        self.owner = owner
    }

    /// What each gate that is on says of artifacts of one window. Where nothing of a kind is current, or what is
    /// current covers a later day, there is nothing to measure against.
    ///
    /// - Throws: `PublishingError` if what is current is damaged or missing; `FormatError`; `StorageError`;
    ///   `Interruption`.
    func check(_ files: [ArtifactFile]) throws -> [GateResult] {
        guard pipeline.gates.measures(.artifact), let manifest = try pipeline.layout.registry.manifest(of: owner)
        else { return [] }
        return try files.flatMap { file -> [GateResult] in
            guard let uri = manifest.current[file.key.kind] else { return [] }
            return try check(file, against: uri)
        }
    }

    private func check(_ file: ArtifactFile, against uri: String) throws -> [GateResult] {
        let (gates, registry) = (pipeline.gates, pipeline.layout.registry)
        let (kind, day) = (file.key.kind, file.key.window.end)
        let record = try registry.record(of: owner, kind: kind, uri: uri, namedIn: registry.manifestPath(owner))
        guard record.key.window.end <= day, record.byteCount > 0 else { return [] }
        let sizeRatio = Double(file.byteCount) / Double(record.byteCount)
        var results = [
            gates.judge(.minSizeRatio, day, of: kind, sizeRatio), gates.judge(.maxSizeRatio, day, of: kind, sizeRatio),
        ]
        if gates.comparesRows {
            let comparison = try comparison(of: file, with: record)
            results.append(gates.judge(.minCoverage, day, of: kind, comparison?.coverage))
            results.append(gates.judge(.minOverlap, day, of: kind, comparison?.measures?.overlapOfTop.value))
        }
        return results.compactMap { $0 }
    }

    /// Nil where one of the two is JSON v1, whose rows are not read.
    private func comparison(of file: ArtifactFile, with record: ArtifactRecord) throws -> ArtifactComparison? {
        let (layout, scratch) = (pipeline.layout, pipeline.scratch)
        guard record.format == .rsart, let artifact = try file.artifact(keepingRowsIn: scratch) else { return nil }
        let (current, _) = try layout.registry.openBlob(
            of: owner, kind: file.key.kind, version: record.version.hexadecimal, in: layout.objectStore)
        return try ArtifactComparison(
            of: ArtifactDecoder.decode(current, keepingRowsIn: scratch), and: artifact,
            topCount: ArtifactGates.topCount)
    }
}

extension ArtifactComparison {
    /// The share of the first artifact's rows that the second one has, too, from 0 to 1; nil if the first has none.
    fileprivate var coverage: Double? {
        let count = changes.commonCount + changes.leftCount
        return count == 0 ? nil : Double(changes.commonCount) / Double(count)
    }
}
