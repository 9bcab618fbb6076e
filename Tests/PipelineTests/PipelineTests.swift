import Artifacts
import Builders
import Events
import Ingest
import Platform
import Publishing
import SystemPackage
import TestSupport
import Testing

@testable import Pipeline

/// The steps give the same results however they are put together, and on however many threads.
@Suite struct PipelineTests {
    private static let days = [ExampleDay("2026-01-05"), ExampleDay("2026-01-06"), ExampleDay("2026-01-08", count: 9)]

    /// Every file of a run, without what tells one run and one folder from another.
    private func normalisedFiles(threadCount: Int) throws -> [String: String] {
        let world = PipelineWorld()
        let pipeline = world.pipeline(threadCount: threadCount)
        try world.run(
            world.write(PipelineTests.days), "2026-01-04", "2026-01-09", windowDayCount: 2, pipeline: pipeline)
        let normalise = { (text: String) in
            text.replacing(pipeline.run.description, with: "RUN").replacing(
                pipeline.run.startedAt.description, with: "TIME"
            )
            .replacing(world.folder.path.string, with: "FOLDER")
            .replacing(#/"(committed|updated)_at": "[^"]*"/#, with: "\"AT\": \"TIME\"")
        }
        let files = try world.folder.fileNames.map { name in
            let bytes = try world.folder.read(name)
            let text = String(validating: bytes.rawSpan).map(normalise) ?? SHA256Digest(of: bytes.rawSpan).hexadecimal
            return (normalise(name), text)
        }
        return Dictionary(uniqueKeysWithValues: files)
    }

    @Test func theNumberOfThreadsChangesNothing() throws {
        let expected = try normalisedFiles(threadCount: 1)
        #expect(expected.count > 40)
        for threadCount in [2, 7] {
            let files = try normalisedFiles(threadCount: threadCount)
            #expect(Set(files.keys).symmetricDifference(expected.keys) == [])
            #expect(files.keys.filter { files[$0] != expected[$0] }.sorted() == [])
        }
    }

    @Test(arguments: ArtifactFileFormat.allCases)
    func aJobForEachStepGivesTheSameBlobs(format: ArtifactFileFormat) throws {
        var (whole, stepwise) = (PipelineWorld(), PipelineWorld())
        whole.configuration.artifactFormat = format
        stepwise.configuration.artifactFormat = format
        try whole.run(whole.write(PipelineTests.days), "2026-01-05", "2026-01-08")
        for day in PipelineTests.days {
            let window = Window.fixture(day.day)
            let scope = IngestScope(tenant: whole.owner.tenant, surface: whole.owner.surface, window: window)
            let input = try stepwise.write([day], as: "\(day.day).jsonl")
            _ = try stepwise.pipeline().ingest([input], scope: scope, mode: .replace, isDryRun: false)
            let kinds = stepwise.configuration.effectiveArtifactKinds
            let staged = try stepwise.pipeline().stage(kinds, of: stepwise.owner, over: window, isDryRun: false)
            #expect(staged.map(\.file.key.kind) == kinds)
            let before = stepwise.folder.snapshot
            let preview = try stepwise.pipeline().publishStaged(stepwise.owner, window, isDryRun: true).outcome
            #expect(preview.isNew)
            #expect(stepwise.folder.snapshot.changes(since: before) == [])
            let published = try stepwise.pipeline().publishStaged(stepwise.owner, window, isDryRun: false).outcome
            #expect(published.manifest.current == preview.manifest.current)
        }
        #expect(try stepwise.results == whole.results)
        #expect(try whole.results.count == 15)
    }

    @Test func stagingWithoutChangingAnything() throws {
        let world = PipelineWorld()
        try world.run(world.write(PipelineTests.days), "2026-01-05", "2026-01-08")
        let before = world.folder.snapshot
        let window = Window.fixture("2026-01-05", "2026-01-08")
        let staged = try world.pipeline().stage([.popularity, .cooc], of: world.owner, over: window, isDryRun: true)
        #expect(staged.map(\.file.key) == [.cooc, .popularity].map { ArtifactKey(world.owner, $0, window) })
        #expect(world.folder.snapshot.changes(since: before) == [])
    }

    @Test func theSourcesOfAnArtifact() throws {
        let world = PipelineWorld()
        try world.run(world.write(PipelineTests.days), "2026-01-05", "2026-01-08")
        let window = Window.fixture("2026-01-01", "2026-01-06")
        let artifact = try world.pipeline().compute([.cooc], of: world.owner, over: window)[0]
        let expected = try ["2026-01-05", "2026-01-06"].map { day in
            let bytes = try world.folder.read("out/canonical/demo/home/exposures/\(day).rspart")
            return Provenance.Source(name: day, sha256: SHA256Digest(of: bytes.rawSpan))
        }
        #expect(artifact.provenance.sources == expected)
    }

    /// The digest is that of the file, compressed as it is.
    @Test func aCatalogIsASource() throws {
        var world = PipelineWorld()
        let bytes = Gzip.stored(Array("item_id,tags\na,x\n".utf8))
        let catalog = try world.folder.write(bytes, as: "catalog.csv")
        world.configuration.catalog = catalog
        let artifact = try world.pipeline().compute([.contentSim], of: world.owner, over: .fixture())[0]
        let source = Provenance.Source(name: catalog.string, sha256: SHA256Digest(of: bytes.rawSpan))
        #expect(artifact.provenance.sources == [source])
    }

    @Test func catalogsKeepToTheLimits() throws {
        var world = PipelineWorld()
        try world.folder.write("item_id,tags\na,x\nb,x\n", as: "catalog.csv")
        world.configuration.catalog = world.folder.path.appending("catalog.csv")
        world.configuration.limits.maximumItemCount = 1
        let compute = { _ = try world.pipeline().compute([.contentSim], of: world.owner, over: .fixture()) }
        #expect(try failureKind(compute) == .refused)
        world.configuration.maximumLineByteCount = 5
        #expect(try failureKind(compute) == .badInput)
    }

    @Test func whatCannotBeDone() throws {
        let world = PipelineWorld()
        let pipeline = world.pipeline()
        #expect(try failureKind { _ = try pipeline.compute([.cooc], of: world.owner, over: .fixture()) } == .notFound)
        #expect(
            try failureKind { _ = try pipeline.compute([.contentSim], of: world.owner, over: .fixture()) } == .usage)
        let error = #expect(throws: PipelineError.self) {
            try pipeline.publishStaged(world.owner, .fixture(), isDryRun: false)
        }
        #expect(error?.kind == .notFound)
        #expect(world.folder.fileNames == ["out/locks/demo/home/staging.lock"])
    }

    @Test func aDamagedPartition() throws {
        let world = PipelineWorld()
        try world.run(world.write(PipelineTests.days), "2026-01-05", "2026-01-08")
        let name = "out/canonical/demo/home/exposures/2026-01-06.rspart"
        var bytes = try world.folder.read(name)
        bytes[40] ^= 1
        _ = try world.folder.write(bytes, as: name)
        let window = Window.fixture("2026-01-05", "2026-01-06")
        let kinds = WindowBuilder.kinds.sorted()
        #expect(
            try failureKind { _ = try world.pipeline().compute(kinds, of: world.owner, over: window) } == .corruption)
    }
}
