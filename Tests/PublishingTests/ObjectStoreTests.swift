import Artifacts
import Builders
import Events
import Foundation
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Publishing

/// Blobs are stored once, whole, and are found again by their URIs.
@Suite struct ObjectStoreTests {
    private static let names = [
        "a b", "100%", "%20", "%zz", "ü", "u\u{308}", "日本", "👩‍👩‍👧", "q?x=1", "a#f", "a;b&c=d", "plus+", "~", "[x]", "a:b",
        "\"", "'", "back\\slash", "@", "-", " ", "c:", "file:", "\u{2028}", "\n",
    ]

    @Test(arguments: names)
    func everyFolderNameRoundTrips(name: String) throws {
        let world = PublishingWorld(rootName: name)
        let (file, other) = (world.file(.cooc), world.file(.cooc, weight: 2))
        let uri = world.uri(of: file)
        #expect(uri.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        try world.publish(file)
        try world.publish(other)
        #expect(try world.registry.manifest(of: world.owner)?.current[.cooc] == world.uri(of: other))
        #expect(ObjectStore.path(inURI: uri) == world.path(world.blobName(file)))
        try world.rollBack(.steps(1))
        #expect(try world.current() == [.cooc: file.version.hexadecimal])
        #expect(URL(string: uri)?.path == world.path(world.blobName(file)).string)
    }

    @Test(arguments: names.filter { !["\n", "back\\slash", "\u{2028}"].contains($0) })
    func everyTenantAndSurfaceRoundTrips(name: String) throws {
        let world = PublishingWorld(owner: .fixture(tenant: name, surface: name, segment: name))
        try world.publish(world.file(.cooc))
        try world.publish(world.file(.cooc, weight: 2))
        try world.rollBack(.version(world.file(.cooc).version.hexadecimal))
        #expect(try world.current() == [.cooc: world.file(.cooc).version.hexadecimal])
    }

    @Test(arguments: [".out", "out", "./out", "out/../other", "../out"])
    func aRelativeFolderHasAnAbsoluteURI(root: String) throws {
        let file = PublishingWorld().file(.cooc)
        let store = ObjectStore(root: FilePath(root).appending("objectstore"))
        let uri = ObjectStore.uri(of: store.path(of: file))
        let here = FilePath(FileManager.default.currentDirectoryPath).appending(root)
        let expected = here.lexicallyNormalized().appending("objectstore/demo/home/cooc/\(file.name)")
        #expect(try #require(URL(string: uri)).path == expected.string)
        #expect(uri.hasPrefix("file:///"))
    }

    @Test(
        arguments: [
            "s3://bucket/key", "http://example.com/x", "relative", "", "no scheme:", "/absolute/path", "\u{1}",
        ])
    func whatIsNoFileHasNoPath(uri: String) {
        #expect(ObjectStore.path(inURI: uri) == nil)
    }

    @Test func aBlobHasTheNamesOfItsFolder() throws {
        let world = PublishingWorld()
        let file = world.file(.cooc)
        try world.publish(file)
        try world.folder.makeLink("other", to: world.root.string)
        let path = world.objectStore.path(of: file)
        let name = "objectstore/demo/home/cooc/\(file.name)"
        #expect(try ObjectStore.isName(ObjectStore.uri(of: world.path("other/\(name)")), of: path))
        try world.folder.write("x", as: "copy/\(name)")
        for uri in [ObjectStore.uri(of: world.path("copy/\(name)")), "s3://bucket/\(name)", "", "file:///none"] {
            #expect(try !ObjectStore.isName(uri, of: path))
        }
    }

    /// The folder of the output may be reached by several paths.
    @Test func publishingByAnotherNameOfTheFolderChangesNothing() throws {
        let world = PublishingWorld()
        try world.publish(world.file(.cooc))
        try world.folder.makeLink("other", to: world.root.string)
        let other = world.path("other")
        let publisher = Publisher(
            objectStore: ObjectStore(root: other.appending("objectstore")),
            registry: Registry(root: other.appending("registry")),
            locks: PublishingLocks(root: other.appending("locks")), threadCount: 1)
        let before = world.folder.snapshot
        let again = try publisher.publish([(world.file(.cooc), world.provenance)], of: world.owner, run: world.run)
        #expect(!again.isNew)
        #expect(world.folder.snapshot.changes(since: before) == [])
    }

    @Test(arguments: ArtifactFileFormat.allCases)
    func anotherBlobOfThatNameIsRefused(format: ArtifactFileFormat) throws {
        let world = PublishingWorld()
        let file = world.file(.cooc, weight: 2, format)
        try world.publish(world.file(.cooc, format))
        var flipped = file.bytes
        flipped[flipped.count / 2] ^= 1
        for damaged in [[], [0], Array(file.bytes.dropLast()), file.bytes + [0], flipped] {
            _ = try world.folder.write(damaged, as: world.blobName(file))
            let before = world.folder.snapshot
            let error = #expect(throws: PublishingError.self) { try world.publish(file) }
            #expect(error?.kind == .corruption)
            #expect(error?.message == "\(world.path(world.blobName(file))): holds other bytes than its version says")
            #expect(world.folder.snapshot.changes(since: before) == [])
        }
    }

    @Test func aFolderOfThatNameIsRefused() throws {
        let world = PublishingWorld()
        try world.folder.write("", as: world.blobName(world.file(.cooc)) + "/x")
        #expect(try failureKind { try world.publish(world.file(.cooc)) } == .usage)
        #expect(try world.registry.manifest(of: world.owner) == nil)
    }

    /// What does not verify gets no name.
    @Test func aBlobOfAnotherKeyIsRefused() throws {
        let world = PublishingWorld()
        let (cooc, implicit) = (world.file(.cooc), world.file(.implicit))
        let path = try world.folder.write(implicit.bytes, as: "forged")
        let file = try DataFile(path: path)
        let forged = ArtifactFile(
            key: cooc.key, format: .rsart, version: implicit.version, digest: implicit.digest, file: file)
        try File.remove(path)
        #expect(try failureKind { try world.publish(forged) } == .corruption)
        #expect(
            world.folder.fileNames == ["out/locks/demo/home/blobs.lock", "out/locks/demo/home/publish.lock"])
    }
}
