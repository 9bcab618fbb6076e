import Builders
import Events
import Foundation
import Platform
import TestSupport
import Testing

@testable import Publishing

/// The version before the current one is found in the history, of each kind by itself.
@Suite struct PreviousVersionTests {
    private let world = PublishingWorld()

    private func previous(_ kind: ArtifactKind = .cooc) throws -> String {
        try world.registry.previousVersion(of: world.owner, kind: kind)
    }

    @Test func ofEachKindByItself() throws {
        let cooc = (1...3).map { world.file(.cooc, weight: $0) }
        try world.publish(cooc[0], world.file(.popularity))
        try world.publish(cooc[1])
        #expect(try previous() == cooc[0].version.hexadecimal)
        #expect(try failureKind { _ = try previous(.popularity) } == .notFound)
        // Other kinds move, cooc stays.
        try world.publish(world.file(.popularity, weight: 2), world.file(.implicit))
        try world.publish(world.file(.popularity, weight: 3))
        #expect(try previous() == cooc[0].version.hexadecimal)
        #expect(try previous(.popularity) == world.file(.popularity, weight: 2).version.hexadecimal)
        #expect(try failureKind { _ = try previous(.implicit) } == .notFound)
    }

    @Test func aRollbackIsAChangeToo() throws {
        let cooc = (1...3).map { world.file(.cooc, weight: $0) }
        for file in cooc { try world.publish(file) }
        try world.rollBack(.steps(2))
        #expect(try previous() == cooc[2].version.hexadecimal)
        try world.publish(cooc[1])
        #expect(try previous() == cooc[0].version.hexadecimal)
    }

    @Test func nothingWasBefore() throws {
        #expect(try failureKind { _ = try previous() } == .notFound)
        try world.publish(world.file(.cooc))
        #expect(try failureKind { _ = try previous() } == .notFound)
        #expect(try failureKind { _ = try previous(.sessionSeq) } == .notFound)
    }

    /// A crash between the entry and the manifest leaves an entry that never became current.
    @Test func whatNeverWasCurrentIsPassedOver() throws {
        let cooc = (1...3).map { world.file(.cooc, weight: $0) }
        for file in cooc.prefix(2) { try world.publish(file) }
        let manifest = try world.folder.read(world.manifestName)
        try world.publish(cooc[2])
        _ = try world.folder.write(manifest, as: world.manifestName)
        #expect(try previous() == cooc[0].version.hexadecimal)
        let again = world.file(.cooc, weight: 4)
        try world.publish(again)
        #expect(try previous() == cooc[1].version.hexadecimal)
    }

    @Test func aDamagedEntryIsNotPassedOver() throws {
        for weight in 1...2 as ClosedRange<UInt32> { try world.publish(world.file(.cooc, weight: weight)) }
        _ = try world.folder.write([1, 2, 3], as: world.historyName(1))
        #expect(try failureKind { _ = try previous() } == .corruption)
    }
}
