import Artifacts
import Builders
import Events
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Publishing

/// A blob is stored once, whole, and never taken for another.
@Suite struct ObjectStoreTests {
    private static let bytes: [UInt8] = Array("blob".utf8)

    private static func file(_ bytes: [UInt8] = bytes) throws -> ArtifactFile {
        let owner = SegmentKey(SurfaceKey(tenant: try PathSegment("demo"), surface: try PathSegment("home")))
        let day = try #require(Day("2026-01-07"))
        let digest = SHA256Digest(of: bytes.rawSpan)
        return ArtifactFile(
            key: ArtifactKey(owner, .cooc, Window(day)), format: .rsart, version: digest, digest: digest, bytes: bytes)
    }

    @Test func aBlobIsStoredOnce() throws {
        let folder = TemporaryFolder()
        let store = ObjectStore(root: folder.path)
        let file = try ObjectStoreTests.file()
        try store.put(file) { written in #expect(written.bytes.copiedBytes == ObjectStoreTests.bytes) }
        try store.put(file) { _ in Issue.record("it is there already") }
        let stored = try ObjectStore.open(uri: store.uri(of: file), namedIn: "here")
        #expect(stored.bytes.copiedBytes == file.bytes)
    }

    @Test(arguments: ["", "blo", "blot", "blobs"])
    func otherBytesUnderItsNameAreRefused(_ damaged: String) throws {
        let folder = TemporaryFolder()
        let store = ObjectStore(root: folder.path)
        let file = try ObjectStoreTests.file()
        let path = folder.path.appending("demo/home/cooc/\(file.name)")
        try AtomicFile.write(Array(damaged.utf8).rawSpan, to: path)
        #expect(throws: PublishingError.self) { try store.put(file) { _ in } }
        #expect(try File.read(path) == Array(damaged.utf8))
    }
}
