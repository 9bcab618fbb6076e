import Artifacts
import Builders
import Events
import Platform
import TestSupport
import Testing

@testable import Publishing

/// A file of the registry that is not what was written is named in an error, and nothing is changed.
@Suite struct RegistryCorruptionTests {
    private let world = PublishingWorld()

    private static let damages: [@Sendable (String) -> String] = [
        { _ in "" }, { String($0.prefix($0.utf8.count / 2)) }, { String($0.dropLast(3)) }, { _ in "null" },
        { _ in "{}" }, { _ in "[]" }, { _ in "\0\0\0\0" }, { $0.replacing("\"v\": 1", with: "\"v\": 0") },
        { $0.replacing("\"tenant\": \"demo\"", with: "\"tenant\": \"domo\"") },
        { $0.replacing("\"surface\": \"home\"", with: "\"surface\": \"search\"") },
    ]

    /// Two versions, of which the second is current.
    private func publishTwice() throws {
        try world.publish(world.file(.cooc))
        try world.publish(world.file(.cooc, weight: 2))
    }

    private func damage(_ name: String, _ damage: (String) -> String) throws {
        let text = String(decoding: try world.folder.read(name), as: UTF8.self)
        precondition(damage(text) != text, "nothing was damaged")
        try world.folder.write(damage(text), as: name)
    }

    private func expectCorruption(of name: String, _ body: () throws -> Void) {
        let before = world.folder.snapshot
        let error = #expect(throws: PublishingError.self) { try body() }
        #expect(error?.kind == .corruption)
        #expect(error?.message.hasPrefix("\(world.path(name)): ") == true, "\(error?.message ?? "")")
        #expect(world.folder.snapshot.differences(from: before) == [])
    }

    @Test(arguments: damages.indices)
    func aDamagedManifest(index: Int) throws {
        try publishTwice()
        try damage(world.manifestName, RegistryCorruptionTests.damages[index])
        expectCorruption(of: world.manifestName) { try world.publish(world.file(.cooc)) }
        expectCorruption(of: world.manifestName) { _ = try world.registry.versions(of: world.owner) }
        expectCorruption(of: world.manifestName) {
            _ = try world.registry.openBlob(of: world.owner, kind: .cooc, version: nil, in: world.objectStore)
        }
    }

    /// It is intact, so nobody should restore it.
    @Test func whatANewerVersionWroteIsNoDamage() throws {
        try publishTwice()
        try damage(world.manifestName) { $0.replacing("\"v\": 1", with: "\"v\": 2") }
        let error = #expect(throws: NewerVersionError.self) { try world.publish(world.file(.cooc)) }
        #expect(error?.kind == .usage)
    }

    @Test(arguments: damages.indices)
    func aDamagedRecord(index: Int) throws {
        try publishTwice()
        let name = world.recordName(world.file(.cooc))
        try damage(name, RegistryCorruptionTests.damages[index])
        expectCorruption(of: name) { try world.publish(world.file(.cooc)) }
        expectCorruption(of: name) { try world.rollBack(.steps(1)) }
        let (versions, failures) = try world.registry.versions(of: world.owner)
        #expect(versions.map(\.record.version) == [world.file(.cooc, weight: 2).version])
        #expect(failures.map(\.kind) == [.corruption])
    }

    @Test(arguments: damages.indices)
    func aDamagedHistoryEntry(index: Int) throws {
        try publishTwice()
        try damage(world.historyName(1), RegistryCorruptionTests.damages[index])
        expectCorruption(of: world.historyName(1)) { try world.rollBack(.steps(1)) }
        try damage(world.historyName(2), RegistryCorruptionTests.damages[index])
        expectCorruption(of: world.historyName(2)) { try world.rollBack(.steps(1)) }
    }

    /// Whether what is current is later cannot be told, so a run leaves it; who asks for other artifacts gets them.
    @Test func aDamagedRecordOfWhatIsCurrent() throws {
        let (current, next) = (world.file(.cooc), world.file(.cooc, weight: 2))
        try world.publish(current)
        try damage(world.recordName(current)) { _ in "{}" }
        let manifest = try world.registry.manifest(of: world.owner)
        let error = #expect(throws: PublishingError.self) {
            try world.publisher.publish(
                [[(next, world.provenance)]], of: world.owner, run: world.run, keepingLater: true
            ) { _ in }
        }
        #expect(error?.kind == .corruption)
        #expect(try world.registry.manifest(of: world.owner) == manifest)
        #expect(try world.publish(next).isNew)
    }

    @Test func aRecordOfAnotherVersion() throws {
        try publishTwice()
        let name = world.recordName(world.file(.cooc))
        _ = try world.folder.write(
            world.folder.read(world.recordName(world.file(.cooc, weight: 2))), as: name)
        expectCorruption(of: name) { try world.rollBack(.steps(1)) }
        expectCorruption(of: name) { try world.publish(world.file(.cooc)) }
    }

    /// The name and the version are right, the rest is of another artifact.
    @Test(arguments: [
        ("\"first_day\": \"2026-01-07\"", "\"first_day\": \"2026-01-06\""),
        ("\"format\": \"rsart\"", "\"format\": \"json-v1\""),
        ("\"surface\": \"home\"", "\"surface\": \"home\",\n  \"segment\": \"all\""),
        ("\"sha256\": \"", "\"sha256\": \"0"),
    ])
    func aRecordThatDescribesAnotherArtifact(old: String, new: String) throws {
        try publishTwice()
        let name = world.recordName(world.file(.cooc))
        try damage(name) { text in
            guard old.hasPrefix("\"sha256\"") else { return text.replacing(old, with: new) }
            return text.replacing(
                "\"sha256\": \"\(world.file(.cooc).digest)", with: "\"sha256\": \"\(String(repeating: "0", count: 64))")
        }
        expectCorruption(of: name) { try world.publish(world.file(.cooc)) }
    }

    @Test func historyEntriesThatWereSwappedOrRenamed() throws {
        try publishTwice()
        let second = try world.folder.read(world.historyName(2))
        _ = try world.folder.write(second, as: world.historyName(1))
        expectCorruption(of: world.historyName(1)) { try world.rollBack(.steps(1)) }
        _ = try world.folder.write(second, as: world.historyName(3))
        // A file that was never an entry keeps its number from being used, and nothing else.
        try world.publish(world.file(.cooc))
        #expect(try world.registry.historyEntry(world.owner, 4).replacedNumber == 2)
    }

    /// A later version of the program may publish kinds that this one does not know.
    @Test func unknownKindsAreKept() throws {
        try world.publish(world.file(.cooc), world.file(.implicit))
        for name in [world.manifestName, world.historyName(1)] {
            try damage(name) { $0.replacing("\"implicit\"", with: "\"transitions\"") }
        }
        let uri = "\"transitions\": \"\(world.uri(of: world.file(.implicit)))\""
        try world.publish(world.file(.cooc, weight: 2))
        #expect(world.folder.snapshot.text(world.manifestName)?.contains(uri) == true)
        try world.rollBack(.steps(1))
        #expect(world.folder.snapshot.text(world.manifestName)?.contains(uri) == true)
        #expect(try world.current() == [.cooc: world.file(.cooc).version.hexadecimal])
    }

    /// The history has what was current.
    @Test(arguments: damages.indices)
    func aRollbackRestoresALostManifest(index: Int) throws {
        try publishTwice()
        let before = world.folder.snapshot.text(world.manifestName)
        try damage(world.manifestName, RegistryCorruptionTests.damages[index])
        let manifest = try world.rollBack(.steps(1))
        #expect(manifest.current == [.cooc: world.uri(of: world.file(.cooc, weight: 2))])
        #expect(world.folder.snapshot.text(world.manifestName)?.prefix(200) == before?.prefix(200))
        try world.folder.remove(world.manifestName)
        try world.rollBack(.steps(1))
        #expect(try world.current() == [.cooc: world.file(.cooc, weight: 2).version.hexadecimal])
        #expect(try world.publish(world.file(.implicit)).manifest.current.keys.sorted() == [.cooc, .implicit])
    }

    /// What was current before a manifest that was lost can be gone back to once that is restored.
    @Test func aRestoredManifestHasItsHistory() throws {
        try publishTwice()
        try world.publish(world.file(.cooc, weight: 3))
        try world.folder.remove(world.manifestName)
        try world.rollBack(.steps(1))
        #expect(try world.current() == [.cooc: world.file(.cooc, weight: 3).version.hexadecimal])
        try world.rollBack(.steps(1))
        #expect(try world.current() == [.cooc: world.file(.cooc, weight: 2).version.hexadecimal])
        try world.folder.remove(world.manifestName)
        // The one before the one that was lost.
        try world.rollBack(.steps(2))
        #expect(try world.current() == [.cooc: world.file(.cooc, weight: 3).version.hexadecimal])
        try world.rollBack(.steps(1))
        #expect(try world.current() == [.cooc: world.file(.cooc, weight: 2).version.hexadecimal])
    }

    /// The first manifest is not forgotten either, nor one that was restored.
    @Test func aPublishDoesNotReplaceALostFirstManifest() throws {
        try world.publish(world.file(.cooc))
        for _ in 1...2 {
            try world.folder.remove(world.manifestName)
            expectCorruption(of: world.manifestName) { try world.publish(world.file(.implicit)) }
            try world.rollBack(.steps(1))
            #expect(try world.current() == [.cooc: world.file(.cooc).version.hexadecimal])
        }
    }

    /// It would forget the other kinds.
    @Test func aPublishDoesNotReplaceALostManifest() throws {
        try publishTwice()
        try world.folder.remove(world.manifestName)
        expectCorruption(of: world.manifestName) { try world.publish(world.file(.implicit)) }
        expectCorruption(of: world.manifestName) { try world.rollBack(.steps(1), kind: .cooc) }
    }

    /// A chain that goes forward would never end.
    @Test func anEntryThatReplacesItself() throws {
        try publishTwice()
        try damage(world.historyName(2)) { $0.replacing("\"replaces\": 1", with: "\"replaces\": 2") }
        expectCorruption(of: world.historyName(2)) { try world.rollBack(.steps(1)) }
    }

    /// What is missing from the history is no reason to refuse what is left of it.
    @Test func aHistoryThatWasLost() throws {
        try publishTwice()
        try world.folder.remove(world.historyName(1))
        #expect(try failureKind { try world.rollBack(.steps(1)) } == .notFound)
        try world.folder.remove(world.historyName(2))
        try world.publish(world.file(.cooc))
        #expect(try failureKind { try world.rollBack(.steps(1)) } == .notFound)
        try world.publish(world.file(.cooc, weight: 2))
        try world.rollBack(.steps(1))
        #expect(try world.current() == [.cooc: world.file(.cooc).version.hexadecimal])
    }

    /// A manifest from a copy of an earlier time: the history goes on from there.
    @Test func aManifestThatWasRestored() throws {
        try world.publish(world.file(.cooc))
        let manifest = try world.folder.read(world.manifestName)
        try world.publish(world.file(.implicit))
        try world.publish(world.file(.popularity))
        _ = try world.folder.write(manifest, as: world.manifestName)
        try world.publish(world.file(.cooc, weight: 2))
        #expect(try world.current().keys.sorted() == [.cooc])
        try world.rollBack(.steps(1))
        #expect(try world.current() == [.cooc: world.file(.cooc).version.hexadecimal])
    }

    @Test func aSegmentNamesABlobOfAnother() throws {
        try publishTwice()
        let segment = SegmentKey.fixture(segment: "all")
        let manifest = try world.folder.read(world.manifestName)
        let name = "out/registry/current/demo/home/segments/all/manifest.json"
        try world.folder.write(String(decoding: manifest, as: UTF8.self), as: name)
        #expect(
            try failureKind {
                _ = try world.registry.openBlob(of: segment, kind: .cooc, version: nil, in: world.objectStore)
            }
                == .corruption)
    }
}
