import Platform
import Publishing
import SystemPackage
import TestSupport

@testable import Pipeline

/// A scenario that was carried out once undisturbed, while every call was noted.
struct CrashTrial {
    let scenario: StoreScenario
    let cases: CrashCases
    private let world: PipelineWorld
    private let start: StoreState
    private let end: StoreState
    /// What each manifest was at some time.
    private var manifests: StoreState.Manifests = [:]

    init(_ scenario: StoreScenario, threadCount: Int = 1, _ thoroughness: CrashThoroughness) throws {
        self.scenario = scenario
        world = try scenario.makeWorld()
        let root = world.folder.path
        let image = try DiskImage(below: root)
        let calls = try CallRecorder.calls(below: root) { [world] in
            try scenario.operate(world, world.pipeline(threadCount: threadCount))
        }
        cases = CrashCases(calls, from: image, thoroughness)
        start = StoreState(image)
        end = StoreState(try DiskImage(below: root))
        var disk = Disk(image)
        for call in calls {
            disk.apply(call)
            guard let path = call.namedPath, path.hasPrefix("out/registry/current/") else { continue }
            addManifests(of: StoreState(disk.image(.killed)))
        }
        addManifests(of: start)
    }

    private mutating func addManifests(of state: StoreState) {
        for (name, content) in state.manifests { manifests[name, default: []].insert(content) }
    }

    /// What is wrong with the undisturbed operation: once it has returned, all must be durable.
    func problemsAtTheEnd() throws -> [String] {
        let image = cases.end.image(.killed)
        let model = StoreState(image).differences(from: end).map { "the model errs: \($0)" }
        return model + notDurable(cases.end, "at the end")
    }

    /// What is wrong after a crash, in words.
    func problems(_ crash: CrashCase) throws -> [String] {
        try crash.image.write(to: world.folder.path)
        let isTolerant = scenario.isStaging && crash.model != .killed
        var problems = try verificationProblems(.full, ignoringStaged: isTolerant)
        problems += neitherOldNorNew(StoreState(crash.image))
        var disk = crash.disk
        if let attempt = scenario.attempt {
            try follow(&disk) {
                do { try attempt(world, world.pipeline(threadCount: 1)) } catch is any Failure {}
            }
            problems += try verificationProblems(.full, ignoringStaged: isTolerant)
        }
        try follow(&disk) { try scenario.operate(world, world.pipeline(threadCount: 1)) }
        problems += try differences("again") + verificationProblems(.deep).map { "again: \($0)" }
        problems += notDurable(disk, "after the same again")
        problems += try problemsOfRepetition()
        return problems
    }

    /// Does the same once more, which must write nothing.
    private func problemsOfRepetition() throws -> [String] {
        let before = try DiskImage(below: world.folder.path).unfinishedNames
        let calls = try CallRecorder.calls(below: world.folder.path) {
            try scenario.operate(world, world.pipeline(threadCount: 1))
        }
        var problems = try differences("a third time")
        let kept = ["out/ledger/", "out/artifacts/", "out/rejects/", "out/scratch/"]
        problems += calls.compactMap(\.namedPath).filter { path in !kept.contains { path.hasPrefix($0) } }
            .map { "a third time: wrote \($0)" }
        let new = Set(try DiskImage(below: world.folder.path).unfinishedNames).subtracting(before)
        problems += new.map { "a third time: left \($0)" }
        return try problems + debrisAfterCollection()
    }

    /// What the crash has left unfinished goes with the next garbage collection, and nothing else.
    private func debrisAfterCollection() throws -> [String] {
        if try debris.isEmpty { return [] }
        try scenario.hastily { try scenario.collectUnfinished(world) }
        return try debris.map { "debris after garbage collection: \($0)" } + differences("after garbage collection")
    }

    private var debris: [String] {
        get throws {
            let image = try DiskImage(below: world.folder.path)
            return image.unfinishedNames + image.entries.keys.filter { $0.hasPrefix("out/scratch/") }
        }
    }

    /// Runs `body` and lets the disk follow its calls.
    private func follow(_ disk: inout Disk, _ body: () throws -> Void) throws {
        for call in try CallRecorder.calls(below: world.folder.path, of: body) { disk.apply(call) }
        disk.endProcesses()
    }

    /// How the store differs from that of the undisturbed operation.
    private func differences(_ when: String) throws -> [String] {
        let state = StoreState(try DiskImage(below: world.folder.path))
        return state.differences(from: end).map { "\(when): differs: \($0)" }
    }

    private func verificationProblems(
        _ level: VerificationLevel, ignoringStaged: Bool = false,
    ) throws -> [String] {
        try scenario.problems(world, level, ignoringStaged: ignoringStaged)
    }

    /// Partitions that are neither those of before nor those of after, and manifests that never were.
    private func neitherOldNorNew(_ found: StoreState) -> [String] {
        let names = Set(found.partitions.keys).union(start.partitions.keys).union(end.partitions.keys)
        let partitions = names.sorted().filter { name in
            let bytes = found.partitions[name]
            return bytes != start.partitions[name] && bytes != end.partitions[name]
        }
        let current = found.manifests.filter { manifests[$0.key]?.contains($0.value) != true }.map(\.key)
        let lost = start.manifests.keys.filter { found.manifests[$0] == nil }
        return (partitions + current + lost).map { "neither old nor new: \($0)" }
    }

    /// What would be lost if the machine crashed now.
    private func notDurable(_ disk: Disk, _ when: String) -> [String] {
        StoreState(disk.image(.unsynchronisedLost)).withoutStaged.differences(from: end.withoutStaged)
            .map { "\(when): not durable: \($0)" }
    }
}
