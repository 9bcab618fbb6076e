import Platform
import SystemPackage
import TestSupport

@testable import Pipeline

/// A scenario that was carried out once undisturbed, while every call was noted.
struct UndisturbedRun {
    let scenario: StoreScenario
    let world: PipelineWorld
    /// The files of before.
    let image: DiskImage
    /// The calls that matter to what is on the disk.
    let notedCalls: [NotedCall]
    /// All calls.
    let calls: [FileCall]
    let start: StoreState
    let end: StoreState
    /// What each manifest was at some time.
    private var manifests: [String: Set<[UInt8]>] = [:]

    init(_ scenario: StoreScenario) throws {
        self.scenario = scenario
        world = try scenario.makeWorld()
        let root = world.folder.path
        let (image, injector) = (try DiskImage(below: root), FaultInjector(.none))
        notedCalls = try FileSystem.$calls.withValue(injector) { [world] in
            try CallRecorder.calls(below: root) { try scenario.operate(world, world.pipeline(threadCount: 1)) }
        }
        calls = injector.account.calls
        self.image = image
        (start, end) = (StoreState(image), StoreState(try DiskImage(below: root)))
        addManifests(of: start)
        var disk = Disk(image)
        for call in notedCalls {
            disk.apply(call)
            guard call.namedPath?.hasPrefix("out/registry/current/") == true else { continue }
            addManifests(of: StoreState(disk.image(.killed)))
        }
    }

    private mutating func addManifests(of state: StoreState) {
        for (name, content) in state.manifests { manifests[name, default: []].insert(content) }
    }

    /// Does it again.
    func operate() throws {
        try scenario.operate(world, world.pipeline(threadCount: 1))
    }

    /// What is in the folder of the world now.
    func found() throws -> DiskImage { try DiskImage(below: world.folder.path) }

    /// How the store differs now from that of the undisturbed operation.
    func differences(_ when: String) throws -> [String] {
        StoreState(try found()).differences(from: end).map { "\(when): differs: \($0)" }
    }

    /// Partitions that are neither those of before nor those of after, and manifests that never were.
    func neitherOldNorNew(_ found: StoreState) -> [String] {
        let names = Set(found.partitions.keys).union(start.partitions.keys).union(end.partitions.keys)
        let partitions = names.sorted().filter { name in
            let bytes = found.partitions[name]
            return bytes != start.partitions[name] && bytes != end.partitions[name]
        }
        let current = found.manifests.filter { manifests[$0.key]?.contains($0.value) != true }.map(\.key)
        let lost = start.manifests.keys.filter { found.manifests[$0] == nil }
        return (partitions + current + lost).map { "neither old nor new: \($0)" }
    }

    /// Removes what is unfinished, and tells what stays all the same or what else goes.
    func debrisAfterCollection() throws -> [String] {
        if try debris.isEmpty { return [] }
        try scenario.hastily { try scenario.collectUnfinished(world) }
        return try debris.map { "debris after garbage collection: \($0)" } + differences("after garbage collection")
    }

    private var debris: [String] {
        get throws {
            let image = try found()
            return image.unfinishedNames + image.entries.keys.filter { $0.hasPrefix("out/scratch/") }
        }
    }
}
