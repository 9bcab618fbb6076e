import Artifacts
import Builders
import Events
import Platform
import TestSupport
import Testing

@testable import Publishing

/// A rollback goes to a manifest that was current, all of whose blobs are whole, or changes nothing.
@Suite struct PublisherRollbackTests {
    private let world = PublishingWorld()

    private func version(_ weight: UInt32) -> String { world.file(.cooc, weight: weight).version.hexadecimal }

    private func publish(_ weights: UInt32...) throws {
        for weight in weights { try world.publish(world.file(.cooc, weight: weight)) }
    }

    @Test(arguments: 1...3)
    func bySteps(count: Int) throws {
        try publish(1, 2, 3, 4)
        let manifest = try world.rollBack(.steps(count), reason: "looks wrong")
        #expect(try world.current() == [.cooc: version(UInt32(4 - count))])
        #expect(try world.registry.manifest(of: world.owner) == manifest)
        let last = try #require(try world.registry.history(of: world.owner).last)
        #expect(last.number == 5)
        #expect(last.action == .rollback)
        #expect(last.reason == "looks wrong")
        #expect(last.manifest == manifest)
    }

    @Test(arguments: [4, 64])
    func byVersion(digits: Int) throws {
        try publish(1, 2, 3)
        try world.rollBack(.version(String(version(1).prefix(digits))))
        #expect(try world.current() == [.cooc: version(1)])
    }

    @Test func byVersionToTheLatestThatNamesIt() throws {
        try publish(1)
        try world.publish(world.file(.implicit))
        try publish(2)
        let manifest = try world.rollBack(.version(version(1)))
        #expect(manifest.current.keys.sorted() == [.cooc, .implicit])
    }

    @Test func thereAndBackAgain() throws {
        try publish(1, 2)
        for weight in [1, 2, 1, 2] as [UInt32] {
            try world.rollBack(.steps(1))
            #expect(try world.current() == [.cooc: version(weight)])
        }
        #expect(try world.registry.history(of: world.owner).map(\.number) == [1, 2, 3, 4, 5, 6])
        try publish(3)
        try world.rollBack(.steps(1))
        #expect(try world.current() == [.cooc: version(2)])
    }

    @Test func aDryRunVerifiesAndChangesNothing() throws {
        try publish(1, 2)
        let before = world.folder.snapshot
        #expect(try world.rollBack(.steps(1), isDryRun: true).current[.cooc]?.contains(version(1)) == true)
        #expect(world.folder.snapshot.changes(since: before) == [])
        try world.folder.remove(world.blobName(world.file(.cooc)))
        #expect(try failureKind { try world.rollBack(.steps(1), isDryRun: true) } == .notFound)
    }

    @Test(arguments: [RollbackTarget.steps(2), .steps(.max), .version("0123456789"), .version("zzzz")])
    func noSuchEntry(target: RollbackTarget) throws {
        try publish(1, 2)
        let before = world.folder.snapshot
        #expect(try failureKind { try world.rollBack(target) } == .notFound)
        #expect(world.folder.snapshot.changes(since: before) == [])
    }

    /// The version that is current is none to go back to.
    @Test func toTheCurrentVersion() throws {
        try publish(1, 2)
        #expect(try failureKind { try world.rollBack(.version(version(2))) } == .notFound)
    }

    @Test func nothingWasEverPublished() throws {
        let error = #expect(throws: PublishingError.self) { try world.rollBack(.steps(1)) }
        #expect(error?.message == "demo/home: nothing is published")
        #expect(error?.kind == .notFound)
    }

    @Test func aMissingBlobIsRefused() throws {
        try publish(1, 2)
        try world.folder.remove(world.blobName(world.file(.cooc)))
        let before = world.folder.snapshot
        #expect(try failureKind { try world.rollBack(.steps(1)) } == .notFound)
        #expect(world.folder.snapshot.changes(since: before) == [])
    }

    @Test(arguments: ArtifactFileFormat.allCases)
    func aDamagedBlobIsRefused(format: ArtifactFileFormat) throws {
        let file = world.file(.cooc, format)
        try world.publish(file)
        try publish(2)
        var flipped = file.bytes
        flipped[flipped.count / 2] ^= 1
        for damaged in [
            [], Array(file.bytes.dropLast()), file.bytes + [0], flipped, world.file(.cooc, weight: 3).bytes,
        ] {
            _ = try world.folder.write(damaged, as: world.blobName(file))
            let before = world.folder.snapshot
            let error = #expect(throws: PublishingError.self) { try world.rollBack(.steps(1)) }
            #expect(error?.kind == .corruption)
            #expect(error?.message.hasPrefix("\(world.path(world.blobName(file))): its SHA-256 is ") == true)
            #expect(world.folder.snapshot.changes(since: before) == [])
        }
    }

    /// Every blob is verified, not only the one that changes.
    @Test func aDamagedBlobOfAnotherKindIsRefused() throws {
        try world.publish(world.file(.implicit))
        try publish(1, 2)
        _ = try world.folder.write([1], as: world.blobName(world.file(.implicit)))
        #expect(try failureKind { try world.rollBack(.steps(1)) } == .corruption)
    }

    @Test func aMissingRecordIsRefused() throws {
        try publish(1, 2)
        try world.folder.remove(world.recordName(world.file(.cooc)))
        #expect(try failureKind { try world.rollBack(.steps(1)) } == .notFound)
    }

    /// Blobs are found by their versions: records and history keep the paths of where they once were.
    @Test func aFolderThatWasMovedIsCompleteInItself() throws {
        try publish(1, 2)
        let moved = PublishingWorld(owner: world.owner, rootName: "out")
        for name in world.folder.fileNames {
            try moved.folder.write("", as: name)
            _ = try moved.folder.write(world.folder.read(name), as: name)
        }
        // Were it followed to its old place, what it finds there would not do.
        for weight in 1...2 as ClosedRange<UInt32> {
            _ = try world.folder.write([1], as: world.blobName(world.file(.cooc, weight: weight)))
        }
        #expect(try moved.current() == [.cooc: version(2)])
        try moved.rollBack(.steps(1))
        #expect(try moved.current() == [.cooc: version(1)])
        #expect(
            try moved.registry.manifest(of: moved.owner)?.current == [.cooc: moved.uri(of: moved.file(.cooc))])
        #expect(try moved.publish(moved.file(.cooc)).isNew == false)
    }

    @Test func oneKindAlone() throws {
        let implicit = [1, 2].map { world.file(.implicit, weight: $0) }
        try world.publish(world.file(.cooc), implicit[0])
        try publish(2)
        try world.publish(implicit[1])
        try publish(3)
        try world.rollBack(.steps(1), kind: .implicit)
        #expect(try world.current() == [.cooc: version(3), .implicit: implicit[0].version.hexadecimal])
        try world.rollBack(.steps(2), kind: .cooc)
        #expect(try world.current() == [.cooc: version(1), .implicit: implicit[0].version.hexadecimal])
        try world.rollBack(.version(String(version(2).prefix(8))), kind: .cooc)
        #expect(try world.current() == [.cooc: version(2), .implicit: implicit[0].version.hexadecimal])
        #expect(try failureKind { try world.rollBack(.version(version(2)), kind: .implicit) } == .notFound)
        #expect(try failureKind { try world.rollBack(.steps(1), kind: .popularity) } == .notFound)
    }

    /// At three in the morning one kind after the other is put right.
    @Test func oneKindAloneWhileAnotherIsDamaged() throws {
        try world.publish(world.file(.cooc), world.file(.implicit))
        try publish(2)
        _ = try world.folder.write([1], as: world.blobName(world.file(.implicit)))
        #expect(try failureKind { try world.rollBack(.steps(1)) } == .corruption)
        try world.rollBack(.steps(1), kind: .cooc)
        #expect(try world.registry.manifest(of: world.owner)?.current[.cooc] == world.uri(of: world.file(.cooc)))
    }

    /// What lies behind it can still be reached by naming it.
    @Test func aDamagedEntryInBetween() throws {
        try publish(1, 2, 3)
        _ = try world.folder.write([1], as: world.historyName(2))
        #expect(try failureKind { try world.rollBack(.steps(2)) } == .corruption)
        #expect(try failureKind { try world.rollBack(.version(version(2))) } == .corruption)
        try world.rollBack(.version(version(1)))
        #expect(try world.current() == [.cooc: version(1)])
    }
}
