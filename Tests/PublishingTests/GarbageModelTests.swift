import Artifacts
import Builders
import Events
import Foundation
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Publishing

/// Whatever is done in whatever order: garbage collection takes out just what nothing refers to.
@Suite struct GarbageModelTests {
    /// A store with two owners whose artifacts share their folders, and what must be in it.
    private struct Trial {
        /// By owner, kind and weight; to make them takes longer than to publish them.
        private static let files: [[ArtifactKind: [ArtifactFile]]] = [SegmentKey.fixture(), .fixture(segment: "all")]
            .map { owner in
                let world = PublishingWorld(owner: owner)
                return [
                    .cooc: (0..<4).map { world.file(.cooc, weight: $0) },
                    .implicit: (0..<4).map { world.file(.implicit, weight: $0) },
                ]
            }

        let worlds: [PublishingWorld]
        var model = GarbageModel()
        var choices: SplitMix64
        var collectedCount = 0

        init(seed: UInt64) {
            choices = SplitMix64(seed: seed)
            let world = PublishingWorld()
            worlds = [world, PublishingWorld(sharing: world, owner: .fixture(segment: "all"))]
        }

        var world: PublishingWorld { worlds[0] }

        mutating func step() throws {
            try WallClock.$stoppedAt.withValue(model.now) {
                let index = Int.random(in: 0..<2, using: &choices)
                switch Int.random(in: 0..<12, using: &choices) {
                case 0..<5: try publish(index)
                case 5..<7: try rollBack(worlds[index])
                case 7: try pin(index)
                case 8..<10: model.now += Int.random(in: 1..<5, using: &choices) * 86_400
                default: try collect()
                }
            }
        }

        private mutating func publish(_ index: Int) throws {
            let world = worlds[index]
            let files = [ArtifactKind.cooc, .implicit].compactMap { kind in
                let weight = Int.random(in: 0..<4, using: &choices)
                return weight == 0 ? nil : Trial.files[index][kind]?[weight]
            }
            if files.isEmpty { return }
            _ = try world.publisher.publish(
                files.map { ($0, world.provenance) }, of: world.owner, run: world.run)
            let versions = files.map { ($0.key.kind, $0.version.hexadecimal) }
            model.publish(Dictionary(uniqueKeysWithValues: versions), of: world.owner)
            for file in files { try date(world.recordName(file), CollectedVersion(file)) }
        }

        /// Gives a record the time that it was written at in the world of the model.
        private func date(_ name: String, _ version: CollectedVersion) throws {
            let second = model.records[version] ?? model.now
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: Double(second))],
                ofItemAtPath: world.path(name).string)
        }

        private mutating func rollBack(_ world: PublishingWorld) throws {
            let stepCount = Int.random(in: 1..<4, using: &choices)
            let target = model.manifest(stepCount, before: world.owner)
            let failure = try failureKind { try world.rollBack(.steps(stepCount)) }
            guard let target, model.isComplete(target) else { return #expect(failure == .notFound) }
            #expect(failure == nil)
            model.move(world.owner, to: target)
        }

        private mutating func pin(_ index: Int) throws {
            let world = worlds[index]
            let file = try #require(Trial.files[index][.cooc]?[Int.random(in: 1..<4, using: &choices)])
            let version = CollectedVersion(file)
            let text = file.version.hexadecimal
            let isThere = model.records[version] != nil
            let change = { (isPinned: Bool) in
                try failureKind {
                    _ =
                        isPinned
                        ? try world.publisher.unpin(text, of: world.owner, kind: nil, isDryRun: false)
                        : try world.publisher.pin(text, of: world.owner, kind: nil, reason: nil, isDryRun: false)
                }
            }
            #expect(try change(model.pins.contains(version)) == (isThere ? nil : .notFound))
            guard isThere else { return }
            if model.pins.remove(version) == nil { model.pins.insert(version) }
        }

        private mutating func collect() throws {
            let policy = CollectionPolicy(
                graceDayCount: Int.random(in: 0..<3, using: &choices),
                keptVersionCount: Int.random(in: 0..<2, using: &choices))
            let before = model.records.count
            model.collect(policy)
            collectedCount += before - model.records.count
            _ = try world.collect(policy, now: model.now)
        }

        func check() throws {
            for kind in [ArtifactKind.cooc, .implicit] {
                let expected = Set(model.records.keys.filter { $0.kind == kind }.map(\.version))
                let (records, failures) = try world.registry.records(of: world.owner.surfaceKey, kind: kind)
                #expect(Set(records.map(\.version.hexadecimal)) == expected)
                #expect(failures.isEmpty)
                let blobs = try Directory.names(in: world.objectStore.folder(world.owner.surfaceKey, kind))
                #expect(Set(blobs.compactMap { FilePath($0).stem }) == expected)
            }
            for world in worlds {
                let expected = model.manifest(0, before: world.owner) ?? [:]
                #expect(try world.current() == expected)
            }
        }
    }

    @Test func whateverIsDone() throws {
        let count = Torture.isWanted ? 10_000 : 10
        let collected = try Parallel.map(count: count, threadCount: 2) { seed in
            try FileSystem.$calls.withValue(HastyFileSystem()) {
                var trial = Trial(seed: UInt64(seed))
                for _ in 0..<20 { try trial.step() }
                try trial.check()
                return trial.collectedCount
            }
        }
        // Sequences in which nothing is ever collected would prove nothing.
        #expect(collected.reduce(0, +) > count / 2)
    }
}

extension CollectedVersion {
    /// The version of a file.
    init(_ file: ArtifactFile) {
        self.init(kind: file.key.kind, version: file.version.hexadecimal)
    }
}
