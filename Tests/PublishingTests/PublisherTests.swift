import Artifacts
import Builders
import Events
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Publishing

/// Publishing writes blob, record, history and manifest, and nothing that is there already.
@Suite struct PublisherTests {
    private let world = PublishingWorld()

    @Test func whatIsWritten() throws {
        let (cooc, popularity) = (world.file(.cooc), world.file(.popularity))
        let published = try world.publish(popularity, cooc)
        let manifest = published.manifest
        #expect(published.isNew)
        #expect(
            world.folder.fileNames
                == [
                    "out/locks/demo/home/blobs.lock", "out/locks/demo/home/publish.lock", world.blobName(cooc),
                    world.blobName(popularity),
                    world.manifestName, world.historyName(1), world.recordName(cooc), world.recordName(popularity),
                ].sorted())
        #expect(try world.folder.read(world.blobName(cooc)) == cooc.bytes)
        let uris = [cooc, popularity].map { "file://\(world.path(world.blobName($0)))" }
        let indented = { (text: String) in text.replacing("\n", with: "\n  ") }
        let body = """
            {
              "v": 1,
              "tenant": "demo",
              "surface": "home",
              "current": {
                "cooc": "\(uris[0])",
                "popularity": "\(uris[1])"
              },
              "updated_at": "\(manifest.updatedAt)"
            }
            """
        #expect(world.folder.snapshot.text(world.manifestName) == body + "\n")
        let history = """
            {
              "v": 1,
              "number": 1,
              "action": "publish",
              "run_id": "\(world.run)",
              "actor": "\(Actor.description)",
              "manifest": \(indented(body))
            }

            """
        #expect(world.folder.snapshot.text(world.historyName(1)) == history)
    }

    @Test func theRecord() throws {
        let cooc = world.file(.cooc)
        try world.publish(cooc)
        let record = """
            {
              "v": 1,
              "artifact_type": "cooc",
              "version": "\(cooc.version)",
              "tenant": "demo",
              "surface": "home",
              "first_day": "2026-01-07",
              "last_day": "2026-01-07",
              "format": "rsart",
              "uri": "file://\(world.path(world.blobName(cooc)))",
              "bytes": \(cooc.byteCount),
              "sha256": "\(SHA256Digest(of: cooc.bytes.rawSpan))",
              "run_id": "\(world.run)",
              "built_at": "\(world.run.startedAt)",
              "sources": [
                {
                  "name": "2026-01-07",
                  "sha256": "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81"
                }
              ]
            }

            """
        #expect(world.folder.snapshot.text(world.recordName(cooc)) == record)
    }

    @Test(arguments: ArtifactFileFormat.allCases)
    func publishingTheSameAgainWritesNothing(format: ArtifactFileFormat) throws {
        let files = ArtifactKind.allCases.map { world.file($0, format) }
        for file in files { try world.publish(file) }
        let before = world.folder.snapshot
        let manifest = try world.registry.manifest(of: world.owner)
        for file in files {
            let again = try world.publish(file)
            #expect(!again.isNew)
            #expect(again.manifest == manifest)
        }
        #expect(world.folder.snapshot.changes(since: before) == [])
    }

    @Test func aKindKeepsTheOthersEntries() throws {
        let (first, second, cooc) = (world.file(.popularity), world.file(.popularity, weight: 2), world.file(.cooc))
        try world.publish(first)
        try world.publish(cooc)
        try world.publish(second)
        #expect(
            try world.current() == [.popularity: second.version.hexadecimal, .cooc: cooc.version.hexadecimal])
        #expect(try world.registry.history(of: world.owner).map(\.number) == [1, 2, 3])
        #expect(try world.registry.history(of: world.owner)[1].manifest.current.keys.sorted() == [.cooc, .popularity])
    }

    @Test func segmentsStandApart() throws {
        try world.publish(world.file(.cooc))
        let before = world.folder.snapshot
        let segment = SegmentKey.fixture(segment: "new buyers")
        let file = ArtifactFile.fixture(.example(.cooc, of: segment))
        let published = try world.publisher.publish([(file, world.provenance)], of: segment, run: world.run)
        #expect(published.isNew)
        let added = world.folder.snapshot.changes(since: before)
        #expect(added.contains("out/registry/current/demo/home/segments/new buyers/manifest.json"))
        #expect(added.contains("out/registry/history/demo/home/segments/new buyers/00000001.json"))
        #expect(!added.contains(world.manifestName))
        #expect(try world.current() == [.cooc: world.file(.cooc).version.hexadecimal])
        #expect(try world.registry.history(of: world.owner).count == 1)
        #expect(try world.registry.versions(of: world.owner).versions.count == 1)
        #expect(try world.registry.versions(of: segment).versions.map(\.record.version) == [file.version])
    }

    /// The record says what made the blob first.
    @Test func theRecordOfAVersionStaysAsItIs() throws {
        try world.publish(world.file(.cooc))
        let before = world.folder.snapshot.text(world.recordName(world.file(.cooc)))
        let later = Provenance(run: RunIdentifier(), sources: [])
        _ = try world.publisher.publish([(world.file(.cooc), later)], of: world.owner, run: RunIdentifier())
        #expect(world.folder.snapshot.text(world.recordName(world.file(.cooc))) == before)
    }

    @Test func aPreviewChangesNothing() throws {
        try world.publish(world.file(.cooc))
        let before = world.folder.snapshot
        let preview = try world.publisher.preview([(world.file(.implicit), world.provenance)], of: world.owner)
        #expect(preview.isNew)
        #expect(preview.manifest.current.keys.sorted() == [.cooc, .implicit])
        let same = try world.publisher.preview([(world.file(.cooc), world.provenance)], of: world.owner)
        #expect(!same.isNew)
        #expect(world.folder.snapshot.changes(since: before) == [])
    }

    @Test func whoeverHoldsTheLockIsAlone() throws {
        try world.publish(world.file(.cooc))
        try world.publish(world.file(.cooc, weight: 2))
        let before = world.folder.snapshot
        let lock = world.path("out/locks/demo/home/publish.lock")
        try FileLock.holding([FileLock.Request(lock)]) { () throws in
            let error = #expect(throws: LockHeldError.self) { try world.publish(world.file(.implicit)) }
            #expect(error?.path == lock)
            #expect(error?.kind == .conflict)
            #expect(throws: LockHeldError.self) { try world.rollBack(.steps(1)) }
            #expect(world.folder.snapshot.changes(since: before) == [])
            let other = SegmentKey.fixture(surface: "search")
            let file = ArtifactFile.fixture(.example(.cooc, of: other))
            #expect(try world.publisher.publish([(file, world.provenance)], of: other, run: world.run).isNew)
        }
        #expect(try world.publish(world.file(.implicit)).isNew)
    }

    @Test func aLostRace() throws {
        let old = try world.publish(world.file(.cooc)).manifest
        let move = { (before: Manifest?) in
            let manifest = Manifest(world.owner, current: [:], updatedAt: .thisSecond)
            return try ManifestMove(
                [(manifest, nil)], from: before, world.owner, world.registry, action: .publish, world.run)
        }
        let late = try move(old)
        let current = try world.publish(world.file(.cooc, weight: 2)).manifest
        let before = world.folder.snapshot
        // The number is taken.
        let taken = #expect(throws: PublishingError.self) { try late.commit() }
        #expect(taken?.kind == .conflict)
        // The manifest has been moved.
        for stale in [old, nil] {
            let moved = #expect(throws: PublishingError.self) { try move(stale).commit() }
            #expect(moved?.message == "\(world.path(world.manifestName)): changed by somebody else in the meantime")
        }
        #expect(world.folder.snapshot.text(world.manifestName) == before.text(world.manifestName))
        #expect(try world.registry.manifest(of: world.owner) == current)
        #expect(try world.current() == [.cooc: world.file(.cooc, weight: 2).version.hexadecimal])
    }
}
