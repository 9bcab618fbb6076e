import Artifacts
import Builders
import Columns
import Events
import Partitions
import Platform
import Publishing
import Synchronization

/// Artifacts that were published before, and that a computation would only make again: of the same partitions, with the
/// same parameters.
final class ExistingArtifacts: Sendable {
    private let pipeline: Pipeline
    private let owner: SegmentKey
    private let records: [ArtifactKey: [ArtifactRecord]]
    /// The SHA-256 of partitions, each taken once.
    private let digests = Mutex<[Day: SHA256Digest]>([:])

    /// Reads the records of the kinds that are made from events. Those that are damaged are passed over: what they
    /// describe is computed.
    ///
    /// - Throws: `StorageError` if a folder of records cannot be listed.
    init(_ pipeline: Pipeline, _ owner: SegmentKey) throws {
        self.pipeline = pipeline
        self.owner = owner
        let kinds = WindowBuilder.kinds.intersection(pipeline.configuration.effectiveArtifactKinds)
        let records = try kinds.sorted().flatMap { kind in
            try pipeline.layout.registry.records(of: owner.surfaceKey, kind: kind).records
        }
        self.records = Dictionary(grouping: records.filter { $0.format == .rsart }, by: \.key)
    }

    /// Those of a window, verified; none if the artifacts are to be JSON v1, which does not say its parameters.
    ///
    /// - Throws: `FormatError` if a partition is damaged; `StorageError`; `Interruption`.
    func artifacts(over window: Window) throws -> [ComputedArtifact] {
        guard pipeline.configuration.artifactFormat == .rsart else { return [] }
        let days = try pipeline.layout.partitions.days(owner.surfaceKey, in: window)
        if days.isEmpty { return [] }
        return try pipeline.configuration.effectiveArtifactKinds.compactMap { kind in
            let key = ArtifactKey(owner, kind, window)
            guard let candidates = records[key], !candidates.isEmpty else { return nil }
            let sources = try days.map { Provenance.Source(name: $0.description, sha256: try digest(of: $0)) }
            return try candidates.lazy.filter { $0.provenance.sources == sources }.compactMap(artifact).first
        }
    }

    /// The artifact of a record, if it is there, undamaged, and was made with the parameters of now.
    private func artifact(_ record: ArtifactRecord) throws -> ComputedArtifact? {
        let (configuration, layout) = (pipeline.configuration, pipeline.layout)
        let file: DataFile
        do {
            file = try layout.registry.openBlob(of: record, in: layout.objectStore)
        } catch let failure as any Failure where failure.kind != .storage {
            return nil
        }
        let summary = try ArtifactDecoder.summary(of: file)
        let wanted = ArtifactParameter.all(
            of: record.key.kind, in: configuration.parameters, configuration.limits)
        guard summary.parameters == wanted else { return nil }
        return ComputedArtifact(
            file: ArtifactFile(
                key: record.key, format: record.format, version: record.version, digest: record.digest, file: file),
            provenance: record.provenance, rowCount: summary.rowCount, entryCount: summary.entryCount)
    }

    private func digest(of day: Day) throws -> SHA256Digest {
        if let digest = digests.withLock({ $0[day] }) { return digest }
        let store = pipeline.layout.partitions
        let path = store.path(PartitionKey(owner.surfaceKey, day))
        let digest = try SHA256Digest(of: DataFile(path: path, access: store.access))
        digests.withLock { $0[day] = digest }
        return digest
    }
}
