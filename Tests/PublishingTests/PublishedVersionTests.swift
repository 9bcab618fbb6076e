import Artifacts
import Builders
import Events
import Platform
import TestSupport
import Testing

@testable import Publishing

/// The list of versions is complete, in a fixed order, and says what is current.
@Suite struct PublishedVersionTests {
    private let world = PublishingWorld()

    private func file(_ kind: ArtifactKind, _ first: String, _ last: String, weight: UInt32 = 1) -> ArtifactFile {
        let artifact = Artifact.example(kind, of: world.owner, over: .fixture(first, last), weight: weight)
        return ArtifactFile.fixture(artifact)
    }

    @Test func byKindThenByWindowThenByVersion() throws {
        let same = (1...4).map { file(.cooc, "2026-01-05", "2026-01-05", weight: $0) }
        let others = [
            file(.popularity, "2026-01-01", "2026-01-01"), file(.cooc, "2026-01-01", "2026-01-09"),
            file(.cooc, "2026-01-09", "2026-01-09"), file(.cooc, "2026-01-01", "2026-01-02"),
        ]
        for file in others + same { try world.publish(file) }
        let expected =
            [others[3]] + same.sorted { $0.version.hexadecimal < $1.version.hexadecimal }
            + [others[1], others[2], others[0]]
        let versions = try world.registry.versions(of: world.owner).versions
        #expect(versions.map(\.record.version) == expected.map(\.version))
        #expect(versions.map(\.record.key) == expected.map(\.key))
        #expect(versions.filter(\.isCurrent).map(\.record.version) == [same[3].version, others[0].version])
        let cooc = try world.registry.versions(of: world.owner, kind: .cooc).versions
        #expect(cooc.map(\.record.version) == expected.dropLast().map(\.version))
        #expect(try world.registry.versions(of: world.owner, kind: .implicit).versions.isEmpty)
    }

    @Test func currentFollowsARollback() throws {
        try world.publish(world.file(.cooc))
        try world.publish(world.file(.cooc, weight: 2))
        try world.rollBack(.steps(1))
        let current = try world.registry.versions(of: world.owner).versions.filter(\.isCurrent)
        #expect(current.map(\.record.version) == [world.file(.cooc).version])
    }

    @Test func nothingPublished() throws {
        #expect(try failureKind { _ = try world.registry.versions(of: world.owner) } == .notFound)
    }

    @Test func aBlobIsOpenedByVersion() throws {
        let (old, new) = (world.file(.cooc), world.file(.cooc, weight: 2))
        try world.publish(old)
        try world.publish(new)
        let registry = world.registry
        let opened = try registry.openBlob(
            of: world.owner, kind: .cooc, version: old.version.hexadecimal, in: world.objectStore)
        #expect(try opened.file.bytes(0..<opened.file.byteCount) == old.bytes)
        #expect(opened.record.key == old.key)
        let current = try registry.openBlob(of: world.owner, kind: .cooc, version: nil, in: world.objectStore)
        #expect(try current.file.bytes(0..<current.file.byteCount) == new.bytes)
        for version in ["", "0", old.version.hexadecimal.uppercased(), "../cooc/\(old.version)x"] {
            #expect(
                try failureKind {
                    _ = try registry.openBlob(of: world.owner, kind: .cooc, version: version, in: world.objectStore)
                }
                    == .notFound)
        }
        #expect(
            try failureKind {
                _ = try registry.openBlob(of: world.owner, kind: .implicit, version: nil, in: world.objectStore)
            } == .notFound)
        _ = try world.folder.write([1, 2], as: world.blobName(new))
        #expect(
            try failureKind {
                _ = try registry.openBlob(of: world.owner, kind: .cooc, version: nil, in: world.objectStore)
            } == .corruption)
    }
}
