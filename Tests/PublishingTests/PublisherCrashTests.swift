import Artifacts
import Builders
import Events
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Publishing

/// A crash anywhere leaves the old or the new manifest, and the next publish of the same completes it.
@Suite struct PublisherCrashTests {
    /// The last step of publishing that took effect before the crash.
    enum Step: Int, CaseIterable {
        case none, blob, record, history, manifest
    }

    private let world = PublishingWorld()

    private var old: ArtifactFile { world.file(.cooc, weight: 1) }
    private var new: ArtifactFile { world.file(.cooc, weight: 2) }
    private var oldVersion: [ArtifactKind: String] { [.cooc: old.version.hexadecimal] }
    private var newVersion: [ArtifactKind: String] { [.cooc: new.version.hexadecimal] }

    /// Publishes `new`, and takes back what comes after a step. A later step's temporary file stays behind.
    private func crash(after step: Step, entry number: Int) throws {
        let manifest = try? world.folder.read(world.manifestName)
        try world.publish(new)
        let names = [world.blobName(new), world.recordName(new), world.historyName(number), world.manifestName]
        for (index, name) in names.enumerated() where index >= step.rawValue { try world.folder.remove(name) }
        if step != .manifest, let manifest { _ = try world.folder.write(manifest, as: world.manifestName) }
        for name in names {
            let (folder, file) = (name.split(separator: "/").dropLast(), name.split(separator: "/").last ?? "")
            try world.folder.write("{\"v\": 1, half", as: "\(folder.joined(separator: "/"))/.tmp-1-0-\(file)")
        }
    }

    @Test(arguments: Step.allCases)
    func theManifestIsOldOrNew(step: Step) throws {
        try world.publish(old)
        try crash(after: step, entry: 2)
        #expect(try world.current() == (step == .manifest ? newVersion : oldVersion))
        let versions = try world.registry.versions(of: world.owner).versions
        #expect(versions.filter(\.isCurrent).count == 1)
        #expect(versions.count == (step.rawValue < Step.record.rawValue ? 1 : 2))
    }

    @Test(arguments: Step.allCases)
    func theNextPublishCompletesIt(step: Step) throws {
        try world.publish(old)
        try crash(after: step, entry: 2)
        #expect(try world.publish(new).isNew == (step != .manifest))
        #expect(try world.current() == newVersion)
        let before = world.folder.snapshot
        #expect(try !world.publish(new).isNew)
        #expect(world.folder.snapshot.changes(since: before) == [])
    }

    /// The entry of a manifest that never became current is no place to go back to.
    @Test(arguments: Step.allCases)
    func rollbackAfterTheNextPublishGoesToTheOld(step: Step) throws {
        try world.publish(old)
        try crash(after: step, entry: 2)
        try world.publish(new)
        try world.rollBack(.steps(1))
        #expect(try world.current() == oldVersion)
        try world.rollBack(.steps(1))
        #expect(try world.current() == newVersion)
        #expect(try failureKind { try world.rollBack(.steps(4)) } == .notFound)
        try world.rollBack(.steps(3))
        #expect(try world.current() == oldVersion)
    }

    @Test(arguments: Step.allCases)
    func rollbackRightAfterTheCrash(step: Step) throws {
        try world.publish(world.file(.cooc, weight: 7))
        try world.publish(old)
        try crash(after: step, entry: 3)
        try world.rollBack(.steps(step == .manifest ? 2 : 1))
        #expect(try world.current() == [.cooc: world.file(.cooc, weight: 7).version.hexadecimal])
        try world.rollBack(.steps(1))
        #expect(try world.current() == (step == .manifest ? newVersion : oldVersion))
    }

    /// Crash after crash: none of the entries they leave counts.
    @Test func severalCrashesInARow() throws {
        try world.publish(old)
        for number in 2...4 { try crash(after: .history, entry: number) }
        #expect(try world.current() == oldVersion)
        try world.publish(new)
        #expect(try world.registry.history(of: world.owner).map(\.number) == [1, 2, 3, 4, 5])
        try world.rollBack(.steps(1))
        #expect(try world.current() == oldVersion)
    }

    @Test(arguments: Step.allCases)
    func theVeryFirstPublish(step: Step) throws {
        try crash(after: step, entry: 1)
        #expect(try world.current() == (step == .manifest ? newVersion : [:]))
        if step.rawValue < Step.record.rawValue {
            #expect(try failureKind { _ = try world.registry.versions(of: world.owner) } == .notFound)
        }
        // Whether it was current for a moment nobody knows; it is complete.
        if step == .history {
            try world.rollBack(.steps(1))
        } else {
            #expect(try failureKind { try world.rollBack(.steps(1)) } == .notFound)
        }
        #expect(try world.publish(new).isNew == (step.rawValue < Step.history.rawValue))
        #expect(try world.current() == newVersion)
        #expect(try failureKind { try world.rollBack(.steps(1)) } == .notFound)
    }

    /// A step that fails for real: its folder is a file.
    @Test(arguments: [
        "out/objectstore/demo/home/implicit", "out/registry/records/demo/home/implicit", "out/registry/history/demo",
    ])
    func aStepThatFails(folder: String) throws {
        let owner = folder.hasSuffix("history/demo") ? SegmentKey.fixture(surface: "search") : world.owner
        try world.publish(old)
        if folder.hasSuffix("history/demo") { try world.folder.remove(folder) }
        try world.folder.write("in the way", as: folder)
        let file = ArtifactFile.fixture(.example(.implicit, of: owner))
        let error = #expect(throws: StorageError.self) {
            try world.publisher.publish([(file, world.provenance)], of: owner, run: world.run)
        }
        #expect(error?.kind == .storage)
        #expect(error?.path.string.contains(folder) == true)
        #expect(try world.current() == oldVersion)
        #expect(world.folder.fileNames(containing: ".tmp-") == [])
    }
}
