import Artifacts
import Builders
import Events
import Foundation
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Publishing

/// Garbage collection takes out what nothing refers to, and where it cannot tell, nothing.
@Suite struct GarbageCollectorTests {
    private let world = PublishingWorld()
    private let everything = CollectionPolicy(graceDayCount: 0, keptVersionCount: 0)
    /// When all that the test has written is old.
    private let later = WallClock.secondsSinceEpoch + 10 * 86_400

    private func version(_ weight: UInt32) -> String { world.file(.cooc, weight: weight).version.hexadecimal }

    private func publish(_ weights: UInt32...) throws {
        for weight in weights { try world.publish(world.file(.cooc, weight: weight)) }
    }

    /// The weights of the versions that are recorded.
    private func recorded() throws -> [UInt32] {
        let records = try world.registry.records(of: world.owner.surfaceKey, kind: .cooc).records
        return (1...9).filter { weight in records.contains { $0.version.hexadecimal == version(weight) } }
    }

    @Test func whatWasReplacedGoesToQuarantine() throws {
        try publish(1, 2)
        let before = world.folder.snapshot
        let garbage = try world.collect(everything, now: later)
        let old = world.file(.cooc, weight: 1)
        #expect(garbage.records.map(\.version) == [old.version])
        #expect(garbage.byteCount == old.byteCount)
        let names = world.folder.fileNames
        #expect(!names.contains(world.blobName(old)) && !names.contains(world.recordName(old)))
        let taken = names.filter { $0.contains("/\(Quarantine.folderName)/") }
        #expect(
            taken.map { $0.split(separator: "/").dropFirst(4).joined(separator: "/") }.sorted() == [
                "demo/home/cooc/\(old.name)", "records/demo/home/cooc/\(old.version).json",
            ])
        for name in taken {
            let original = name.hasSuffix(".json") ? world.recordName(old) : world.blobName(old)
            #expect(try world.folder.read(name) == before.bytes(original))
        }
        #expect(try world.current() == [.cooc: version(2)])
    }

    @Test func aDryRunTellsTheSameAndChangesNothing() throws {
        try publish(1, 2, 3)
        let before = world.folder.snapshot
        let garbage = try world.collect(everything, now: later, isDryRun: true)
        #expect(world.folder.snapshot.changes(since: before) == [])
        #expect(try world.collect(everything, now: later).records == garbage.records)
        #expect(try world.collect(everything, now: later).isEmpty)
    }

    @Test func whatIsYoungStays() throws {
        try publish(1, 2)
        for (dayCount, count) in [(11, 0), (9, 1)] {
            let policy = CollectionPolicy(graceDayCount: dayCount, keptVersionCount: 0)
            #expect(try world.collect(policy, now: later, isDryRun: true).records.count == count)
        }
    }

    /// Whoever read the manifest before may be reading the artifact still.
    @Test func whatWasCurrentWithinTheGracePeriodStays() throws {
        let day = 86_400
        let start = later - 30 * day
        for (index, weight) in ([1, 2, 3] as [UInt32]).enumerated() {
            try WallClock.$stoppedAt.withValue(start + index * 10 * day) { try publish(weight) }
        }
        // The second was replaced by the third ten days ago, the first by the second twenty days ago.
        for name in world.folder.fileNames(containing: "records") {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: Double(start))], ofItemAtPath: world.path(name).string)
        }
        for (dayCount, weights) in [(9, [1, 2]), (11, [1]), (21, [])] as [(Int, [UInt32])] {
            let policy = CollectionPolicy(graceDayCount: dayCount, keptVersionCount: 0)
            let garbage = try world.collect(policy, now: later, isDryRun: true)
            #expect(Set(garbage.records.map(\.version.hexadecimal)) == Set(weights.map(version)))
        }
    }

    @Test(arguments: [(0, [4]), (1, [3, 4]), (2, [2, 3, 4]), (9, [1, 2, 3, 4])] as [(Int, [UInt32])])
    func asManyManifestsAsAreToBeKept(count: Int, expected: [UInt32]) throws {
        try publish(1, 2, 3, 4)
        _ = try world.collect(CollectionPolicy(graceDayCount: 0, keptVersionCount: count), now: later)
        #expect(try recorded() == expected)
        for stepCount in 0..<count where stepCount < 3 {
            #expect(try failureKind { try world.rollBack(.steps(stepCount + 1), isDryRun: true) } == nil)
        }
    }

    /// A backfill stores versions of old days that no manifest ever named.
    @Test func whatNeverWasCurrentGoesOnceItIsOld() throws {
        try publish(1)
        let file = ArtifactFile.fixture(.example(.cooc, of: world.owner, over: .fixture("2026-01-01")))
        _ = try world.publisher.publish(
            [[(file, world.provenance)]], of: world.owner, run: world.run, keepingLater: true
        ) { _ in }
        let policy = CollectionPolicy(graceDayCount: 7, keptVersionCount: 5)
        #expect(try world.collect(policy).isEmpty)
        #expect(try world.collect(policy, now: later).records.map(\.version) == [file.version])
    }

    @Test func whatIsPinnedStays() throws {
        try publish(1, 2, 3)
        let prefix = String(version(1).prefix(10))
        let pin = { (isNew: Bool) in
            let result = try world.publisher.pin(
                prefix, of: world.owner, kind: nil, reason: "a baseline", isDryRun: false)
            #expect(result.isNew == isNew)
        }
        try pin(true)
        try pin(false)
        _ = try world.collect(everything, now: later)
        #expect(try recorded() == [1, 3])
        let versions = try world.registry.versions(of: world.owner).versions
        #expect(versions.filter(\.isPinned).map(\.record.version.hexadecimal) == [version(1)])
        for isNew in [true, false] {
            let result = try world.publisher.unpin(prefix, of: world.owner, kind: .cooc, isDryRun: false)
            #expect(result.isNew == isNew)
        }
        _ = try world.collect(everything, now: later)
        #expect(try recorded() == [3])
        #expect(throws: PublishingError.self) {
            try world.publisher.pin(prefix, of: world.owner, kind: nil, reason: nil, isDryRun: false)
        }
    }

    /// Not knowing what is referred to, it takes out nothing.
    @Test func aDamagedManifestOrEntryStopsIt() throws {
        try publish(1, 2, 3)
        let keepsOne = CollectionPolicy(graceDayCount: 0, keptVersionCount: 1)
        for name in [world.manifestName, world.historyName(2)] {
            let bytes = try world.folder.read(name)
            _ = try world.folder.write([0], as: name)
            let before = world.folder.snapshot
            #expect(try failureKind { try world.collect(keepsOne, now: later) } == .corruption)
            #expect(world.folder.snapshot.changes(since: before) == [])
            _ = try world.folder.write(bytes, as: name)
        }
        // An entry that keeps nothing anyway is in nobody's way.
        _ = try world.folder.write([0], as: world.historyName(1))
        _ = try world.collect(keepsOne, now: later)
        #expect(try recorded() == [2, 3])
    }

    @Test func aDamagedRecordAndItsBlobStay() throws {
        try publish(1, 2, 3)
        _ = try world.folder.write([0], as: world.recordName(world.file(.cooc, weight: 1)))
        let garbage = try world.collect(everything, now: later)
        #expect(garbage.failures.map(\.kind) == [.corruption])
        #expect(garbage.records.map(\.version.hexadecimal) == [version(2)])
        #expect(world.folder.fileNames.contains(world.blobName(world.file(.cooc, weight: 1))))
    }

    @Test func aLostManifestKeepsWhatTheHistoryNamesLast() throws {
        try publish(1, 2, 3)
        try world.folder.remove(world.manifestName)
        _ = try world.collect(CollectionPolicy(graceDayCount: 0, keptVersionCount: 1), now: later)
        #expect(try recorded() == [3])
        try world.rollBack(.steps(1))
        #expect(try world.current() == [.cooc: version(3)])
    }

    /// What a crash left between blob and record goes; what is none of ours stays.
    @Test func blobsWithoutARecord() throws {
        try publish(1)
        let orphan = world.file(.cooc, weight: 5)
        let folder = "out/objectstore/demo/home"
        _ = try world.folder.write(orphan.bytes, as: world.blobName(orphan))
        for name in ["cooc/notes.txt", "cooc/abc.rsart", "transitions/\(orphan.name)"] {
            try world.folder.write("x", as: "\(folder)/\(name)")
        }
        #expect(try world.collect(CollectionPolicy(graceDayCount: 7, keptVersionCount: 0)).isEmpty)
        let garbage = try world.collect(everything, now: later)
        #expect(garbage.unrecorded.map(\.string) == [world.path(world.blobName(orphan)).string])
        #expect(world.folder.fileNames(containing: folder + "/cooc").count == 3)
        #expect(world.folder.fileNames(containing: folder + "/transitions").count == 1)
        // What a collection that was interrupted left of a version is such a blob too.
        try publish(2)
        try world.folder.remove(world.recordName(world.file(.cooc, weight: 1)))
        #expect(try world.collect(everything, now: later).unrecorded.count == 1)
        #expect(try world.current() == [.cooc: version(2)])
    }

    @Test func unfinishedFilesGo() throws {
        try publish(1)
        let names = [
            "out/objectstore/demo/home/cooc", "out/registry/records/demo/home/cooc", "out/registry/history/demo/home",
            "out/registry/current/demo/home", "out/registry/pins/demo/home/cooc", "out/checkpoints/demo/home",
            "out/registry/history/demo/home/segments/all", "out/registry/collected/demo/home",
        ].map { $0 + "/\(AtomicFile.temporaryPrefix)1-x" }
        for name in names + ["out/objectstore/other/home/cooc/\(AtomicFile.temporaryPrefix)1-x"] {
            try world.folder.write("half", as: name)
        }
        let garbage = try world.collect(everything)
        #expect(Set(garbage.unfinished.map(\.string)) == Set(names.map { world.path($0).string }))
        #expect(world.folder.fileNames(containing: AtomicFile.temporaryPrefix).count == 1)
    }

    @Test func whoeverPublishesKeepsItOut() throws {
        try publish(1, 2)
        let before = world.folder.snapshot
        try FileLock.holding(world.publisher.locks.moving(world.owner)) { () throws in
            #expect(throws: LockHeldError.self) { try world.collect(everything, now: later) }
            // Another segment is no obstacle: they share the lock.
            let segment = SegmentKey.fixture(segment: "all")
            let file = ArtifactFile.fixture(.example(.cooc, of: segment))
            _ = try world.publisher.publish([(file, world.provenance)], of: segment, run: world.run)
        }
        #expect(try recorded() == [1, 2])
        try FileLock.holding(world.publisher.locks.collecting(world.owner.surfaceKey)) { () throws in
            #expect(throws: LockHeldError.self) { try publish(3) }
            #expect(throws: LockHeldError.self) { try world.rollBack(.steps(1)) }
            #expect(throws: LockHeldError.self) {
                try world.publisher.pin(version(1), of: world.owner, kind: nil, reason: nil, isDryRun: false)
            }
        }
        #expect(before.text(world.manifestName) == world.folder.snapshot.text(world.manifestName))
    }

    @Test func aRollbackToWhatIsGoneSaysSo() throws {
        try publish(1, 2)
        _ = try world.collect(everything, now: later)
        let error = #expect(throws: PublishingError.self) { try world.rollBack(.steps(1)) }
        #expect(error?.kind == .notFound)
        #expect(error?.message.contains("cooc \(version(1)): was removed as garbage, says ") == true)
        // Published again it is a version like any other.
        try publish(1)
        #expect(try world.current() == [.cooc: version(1)])
        try publish(2)
        try world.rollBack(.steps(1))
        #expect(try world.current() == [.cooc: version(1)])
    }

    @Test func quarantineIsDeletedOnceItIsOld() throws {
        try publish(1, 2)
        _ = try world.collect(everything, now: later)
        let delete = { (dayCount: Int, now: Int, isDryRun: Bool) in
            try GarbageCollector(
                objectStore: world.objectStore, registry: world.registry, notes: [],
                locks: world.publisher.locks, policy: CollectionPolicy(graceDayCount: dayCount, keptVersionCount: 0),
                now: now
            ).deleteQuarantined(also: world.root.appending("canonical"), isDryRun: isDryRun)
        }
        #expect(try delete(7, WallClock.secondsSinceEpoch + 6 * 86_400, false).isEmpty)
        #expect(try delete(7, later, true).count == 2)
        #expect(world.folder.fileNames(containing: Quarantine.folderName).count == 2)
        #expect(try delete(7, later, false).count == 2)
        #expect(world.folder.entryNames.filter { $0.contains(Quarantine.folderName) } == [])
    }
}
