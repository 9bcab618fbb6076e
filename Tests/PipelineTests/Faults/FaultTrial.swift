import Platform
import Publishing
import SystemPackage
import TestSupport

@testable import Pipeline

/// A scenario that was carried out once undisturbed, while every call was counted.
struct FaultTrial {
    let scenario: StoreScenario
    private let world: PipelineWorld
    private let image: DiskImage
    private let start: StoreState
    private let end: StoreState
    /// The calls of the undisturbed operation.
    let calls: [FileCall]

    init(_ scenario: StoreScenario) throws {
        self.scenario = scenario
        world = try scenario.makeWorld()
        image = try DiskImage(below: world.folder.path)
        let injector = FaultInjector(.none)
        try FileSystem.$calls.withValue(CallRecorder(below: world.folder.path, injector)) { [world] in
            try scenario.operate(world, world.pipeline(threadCount: 1))
        }
        calls = injector.account.calls
        (start, end) = (StoreState(image), StoreState(try DiskImage(below: world.folder.path)))
    }

    /// The faults that may disturb the operation: every reason of every call, and a disk that is full from there on.
    var faults: [StorageFault] {
        calls.enumerated().flatMap { index, call in
            call.reasons.map { StorageFault.failing(call: index, $0) } + [.full(fromCall: index)]
        }
    }

    /// What is wrong after a fault, in words.
    func problems(_ fault: StorageFault) throws -> [String] {
        try image.write(to: world.folder.path)
        let injector = FaultInjector(fault)
        var failure: (any Error)?
        do {
            try FileSystem.$calls.withValue(injector) {
                try scenario.operate(world, world.pipeline(threadCount: 1))
            }
        } catch {
            failure = error
        }
        let account = injector.account
        var problems = problems(of: failure, account, fault)
        let found = try DiskImage(below: world.folder.path)
        problems += account.failedCall?.call == .remove ? [] : debris(found)
        problems += try scenario.problems(world, .full, ignoringStaged: false)
        if failure == nil {
            problems += StoreState(found).differences(from: end).map { "acknowledged, but differs: \($0)" }
        } else {
            problems += neitherOldNorNew(StoreState(found))
        }
        try scenario.hastily { try scenario.operate(world, world.pipeline(threadCount: 1)) }
        problems += try problemsAfterTheSameAgain()
        return problems
    }

    private func problems(
        of failure: (any Error)?, _ account: FaultInjector.Account, _ fault: StorageFault,
    ) -> [String] {
        var problems: [String] = []
        if let failure {
            let kind = (failure as? any Failure)?.kind
            if kind != .storage { problems.append("fails with \(failure)") }
            if fault == .interrupting || fault == .short { problems.append("disturbed: \(failure)") }
        } else if account.hasFailedToSynchronise {
            problems.append("acknowledged after a failed fsync")
        }
        if account.repeatedSynchronisationCount > 0 { problems.append("fsync was tried again on the same file") }
        if !account.openDescriptors.isEmpty { problems.append("\(account.openDescriptors.count) files left open") }
        return problems
    }

    /// Files that the process has left unfinished, which it can remove.
    private func debris(_ found: DiskImage) -> [String] {
        Set(found.unfinishedNames).subtracting(image.unfinishedNames).sorted().map { "left behind: \($0)" }
    }

    private func problemsAfterTheSameAgain() throws -> [String] {
        try scenario.hastily { try scenario.collectUnfinished(world) }
        let image = try DiskImage(below: world.folder.path)
        let differences = StoreState(image).differences(from: end).map { "again: differs: \($0)" }
        let debris = image.unfinishedNames.map { "debris after garbage collection: \($0)" }
        let problems = try scenario.problems(world, .deep, ignoringStaged: false)
        return differences + debris + problems.map { "again: \($0)" }
    }

    /// Partitions and manifests that are neither those of before nor those of after.
    private func neitherOldNorNew(_ found: StoreState) -> [String] {
        found.differences(from: start).filter { name in
            let isMoved = name.hasPrefix("canonical/") || name.hasPrefix("registry/current/")
            return isMoved && found.contents[name] != end.contents[name]
        }.map { "neither old nor new: \($0)" }
    }
}
