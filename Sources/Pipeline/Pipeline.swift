import Artifacts
package import Builders
import Columns
package import Events
package import Ingest
package import Logging
import Partitions
package import Platform
package import Publishing
import Scan
import SystemPackage

/// The steps of the job, each on its own: what `run` does one after the other.
package struct Pipeline: Sendable {
    package let configuration: Configuration
    package private(set) var threadCount: Int
    package let run: RunIdentifier
    /// Hears how far an ingest and a run of several days have come.
    package var progress: ProgressListener?
    /// Is told what is done.
    package var logger = Logger(label: "recsys-pipelines") { _ in SwiftLogNoOpLogHandler() }
    /// Why what a gate refuses is published all the same.
    package var overrides: [Gate: String] = [:]
    /// How long the parts of a run of several days took.
    package let phases = PhaseClock()
    /// Where results are kept until they are stored.
    package let scratch: ScratchSpace

    package init(_ configuration: Configuration, threadCount: Int, run: RunIdentifier) {
        self.configuration = configuration
        self.threadCount = threadCount
        self.run = run
        scratch = ScratchSpace(
            root: OutputLayout(configuration).scratch, name: "\(run)-results",
            memoryByteCount: BuildMemory(megabyteCount: configuration.maximumMegabyteCount).resultByteCount)
    }

    /// The same pipeline, its results in the same memory, with another number of threads.
    func limited(toThreads count: Int) -> Pipeline {
        var pipeline = self
        pipeline.threadCount = count
        return pipeline
    }

    package var layout: OutputLayout { OutputLayout(configuration) }

    /// What stands before publishing.
    var gates: GateKeeper { GateKeeper(configuration.gateRules, overrides: overrides) }

    /// Turns inputs into partitions.
    package func ingest(
        _ inputs: [InputSource], scope: IngestScope, mode: IngestMode, isDryRun: Bool,
    ) throws -> IngestReport {
        let layout = layout
        var ingestion = Ingestion(
            store: layout.partitions, ledger: layout.ledger, scope: scope, mode: mode, locks: layout.partitionLocks,
            rejects: layout.rejects, scratch: layout.scratch, threadCount: threadCount,
            isStrict: configuration.isStrictSchema,
            maximumEventCount: configuration.limits.maximumEventCount)
        ingestion.rejectPolicy = configuration.rejectPolicy
        ingestion.memory = MemoryBudget(megabyteCount: configuration.maximumMegabyteCount)
        ingestion.maximumLineByteCount = configuration.maximumLineByteCount
        ingestion.progress = progress
        for input in inputs { logger.debug("input \(input.name)", metadata: ["input": "\(input.name)"]) }
        let report = try ingestion.run(inputs, run: run, isDryRun: isDryRun)
        for partition in report.partitions {
            if let before = partition.replacedRowCount, before > partition.rowCount {
                logger.warning(
                    "partition \(partition.key): \(partition.rowCount) events replace \(before)",
                    metadata: [
                        "partition": "\(partition.key)", "rows": .stringConvertible(partition.rowCount),
                        "rows_before": .stringConvertible(before),
                    ])
            }
            logger.debug(
                "partition \(partition.key): \(partition.rowCount) rows, \(partition.byteCount) bytes",
                metadata: [
                    "partition": "\(partition.key)", "rows": .stringConvertible(partition.rowCount),
                    "bytes": .stringConvertible(partition.byteCount), "sha256": "\(partition.digest)",
                ])
        }
        return report
    }

    /// Computes one artifact a kind over the whole window.
    ///
    /// - Throws: `PipelineError.noEvents` if the window has none and a kind needs some; `LimitExceeded`; `FormatError`;
    ///   `CatalogError`; `InputError` of the catalog; `ArtifactError` if an artifact has no such form as is configured;
    ///   `StorageError`.
    package func compute(
        _ kinds: [ArtifactKind], of owner: SegmentKey, over window: Window,
    ) throws -> [ComputedArtifact] {
        let kinds = Set(kinds)
        let fromEvents = try computeFromEvents(kinds.intersection(WindowBuilder.kinds), owner, window)
        let fromCatalog = try kinds.contains(.contentSim) ? [computeContentSim(owner, window)] : []
        let artifacts = (fromEvents + fromCatalog).sorted { $0.artifact.key.kind < $1.artifact.key.kind }
        let zstandard = Zstandard()
        return try artifacts.map { artifact, sources in
            let file = try ArtifactFile(
                artifact, format: configuration.artifactFormat, threadCount: threadCount, scratch: scratch,
                keepingRows: gates.comparesRows, using: zstandard)
            let computed = ComputedArtifact(
                file: file, provenance: Provenance(run: run, sources: sources), rowCount: artifact.rows.rowCount,
                entryCount: artifact.rows.entryCount)
            logger.debug("\(computed.summary)", metadata: computed.logMetadata)
            return computed
        }
    }

    /// Computes artifacts and leaves them to a later `publish`.
    package func stage(
        _ kinds: [ArtifactKind], of owner: SegmentKey, over window: Window, isDryRun: Bool,
    ) throws -> [ComputedArtifact] {
        if !WindowBuilder.kinds.isDisjoint(with: kinds) {
            try missingDays(of: owner.surfaceKey, in: window).check(window)
        }
        let artifacts = try compute(kinds, of: owner, over: window)
        if isDryRun { return artifacts }
        return try FileLock.holding([stagingLock(owner)]) {
            for artifact in artifacts { try layout.staging.stage(artifact.file, artifact.provenance) }
            return artifacts
        }
    }

    /// Makes current what is staged for the window.
    ///
    /// - Parameter isDryRun: True to verify what is staged and change nothing.
    /// - Throws: `PipelineError.nothingStaged`; `GateRefusal`; `PublishingError` or `FormatError` if a staged file is
    ///   damaged.
    package func publishStaged(
        _ owner: SegmentKey, _ window: Window, isDryRun: Bool,
    ) throws -> (outcome: Publisher.Outcome, gates: [GateResult]) {
        try FileLock.holding(isDryRun ? [] : [stagingLock(owner)]) {
            let staged = try layout.staging.staged(owner, window)
            guard !staged.isEmpty else { throw PipelineError.nothingStaged(owner, window, layout.staging.root) }
            let results = try checkGates(staged.map(\.file), of: owner, window)
            let artifacts = staged.map { ($0.file, $0.provenance.noting(results, $0.file.key.kind)) }
            if isDryRun { return (try publisher.preview(artifacts, of: owner), results) }
            return (try publisher.publish(artifacts, of: owner, run: run), results)
        }
    }

    /// What gates say of artifacts that were computed before, and of the last day of their window.
    ///
    /// - Throws: `GateRefusal`.
    private func checkGates(_ files: [ArtifactFile], of owner: SegmentKey, _ window: Window) throws -> [GateResult] {
        // Artifacts may have been made elsewhere, and their events never have been here.
        let hasNoEvents = try layout.partitions.days(owner.surfaceKey, in: window).isEmpty
        let day = try hasNoEvents ? [] : DayGates(self, owner.surfaceKey).check(window.end)
        let results = try day + ArtifactGates(self, owner).check(files)
        if let refusal = GateRefusal(results) { throw refusal }
        return results
    }

    /// The lock of who stages artifacts, or publishes what is staged.
    func stagingLock(_ owner: SegmentKey) -> FileLock.Request {
        FileLock.Request(layout.stagingLocks.appending(owner.folders).appending("staging.lock"))
    }

    package var publisher: Publisher {
        let layout = layout
        return Publisher(
            objectStore: layout.objectStore, registry: layout.registry, locks: layout.publishingLocks,
            threadCount: threadCount)
    }

    private typealias Built = (artifact: Artifact, sources: [Provenance.Source])

    private func computeFromEvents(
        _ kinds: Set<ArtifactKind>, _ owner: SegmentKey, _ window: Window,
    ) throws -> [Built] {
        if kinds.isEmpty { return [] }
        let scan = try WindowScan(
            store: layout.partitions, surfaceKey: owner.surfaceKey, window: window, threadCount: threadCount)
        guard scan.rowCount > 0 else { throw PipelineError.noEvents(owner.surfaceKey, window) }
        let sources = try Parallel.map(count: scan.partitions.count, threadCount: threadCount) { index in
            let partition = scan.partitions[index]
            let file = partition.container.file
            let digest = try SHA256Digest(of: file)
            // The columns that are needed of a large file come back by themselves.
            if file.byteCount > 1 << 20 { file.releasePages(of: 0..<file.byteCount) }
            return Provenance.Source(name: partition.statistics.key.day.description, sha256: digest)
        }
        let results = try WindowBuilder.build(
            kinds, from: scan, configuration.parameters, configuration.limits,
            memory: BuildMemory(megabyteCount: configuration.maximumMegabyteCount), scratch: scratch)
        return results.map { built in
            let key = ArtifactKey(owner, built.kind, window)
            let artifact = Artifact(
                key, rows: built.rows, parameters: configuration.parameters, limits: configuration.limits)
            return (artifact, sources)
        }
    }

    private func computeContentSim(_ owner: SegmentKey, _ window: Window) throws -> Built {
        guard let catalog = configuration.catalog else { throw PipelineError.noCatalog }
        let result = try ContentSimBuilder.build(
            catalog: catalog, surface: owner.surface, configuration.limits,
            maximumRecordByteCount: configuration.maximumLineByteCount, scratch: scratch)
        let source = Provenance.Source(name: catalog.string, sha256: result.catalogDigest)
        let key = ArtifactKey(owner, .contentSim, window)
        return (Artifact(key, rows: result.rows, parameters: configuration.parameters), [source])
    }
}

/// An artifact that was computed and not yet published.
package struct ComputedArtifact: Sendable {
    package let file: ArtifactFile
    package let provenance: Provenance
    package let rowCount: Int
    /// Entries of all rows.
    package let entryCount: Int

    fileprivate var summary: String {
        "computed \(file.key): \(rowCount) rows, \(entryCount) entries, \(file.byteCount) bytes"
    }

    fileprivate var logMetadata: Logger.Metadata {
        [
            "artifact_type": "\(file.key.kind.rawValue)", "first_day": "\(file.key.window.start)",
            "last_day": "\(file.key.window.end)", "version": "\(file.version)",
            "rows": .stringConvertible(rowCount), "entries": .stringConvertible(entryCount),
            "bytes": .stringConvertible(file.byteCount),
        ]
    }
}
