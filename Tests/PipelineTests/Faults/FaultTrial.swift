import Platform
import Publishing
import SystemPackage
import TestSupport

@testable import Pipeline

/// What is wrong after faults of the storage while a scenario is carried out, in words.
struct FaultTrial {
    private let run: UndisturbedRun

    init(_ scenario: StoreScenario) throws {
        run = try UndisturbedRun(scenario)
    }

    /// How many calls the undisturbed operation makes.
    var callCount: Int { run.calls.count }

    /// The faults that may disturb the operation: every reason of every call, and a disk that is full from there on.
    var faults: [StorageFault] {
        run.calls.enumerated().flatMap { index, call in
            call.reasons.map { StorageFault.failing(call: index, $0) }
                + (call.needsRoom ? [StorageFault.full(fromCall: index)] : [])
        }
    }

    /// Of the operation, of the store that it leaves, and of the same again.
    func problems(_ fault: StorageFault) throws -> [String] {
        try run.image.write(to: run.world.folder.path)
        let injector = FaultInjector(fault)
        var failure: (any Error)?
        do {
            try FileSystem.$calls.withValue(injector) { try run.operate() }
        } catch {
            failure = error
        }
        let (account, found) = (injector.account, try run.found())
        var problems = problems(of: failure, account, fault)
        problems += account.failedCall?.call == .remove ? [] : debris(found)
        problems += try run.scenario.problems(run.world, .full, ignoringStaged: run.scenario.isStaging)
        if failure == nil {
            problems += try run.differences("acknowledged")
        } else {
            problems += run.neitherOldNorNew(StoreState(found))
        }
        try run.scenario.hastily { try run.operate() }
        problems += try run.differences("again") + run.debrisAfterCollection()
        return try problems + run.scenario.problems(run.world, .deep, ignoringStaged: false).map { "again: \($0)" }
    }

    private func problems(
        of failure: (any Error)?, _ account: FaultInjector.Account, _ fault: StorageFault,
    ) -> [String] {
        var problems: [String] = []
        if let failure {
            if (failure as? any Failure)?.kind != .storage { problems.append("fails with \(failure)") }
            if fault == .interrupting || fault == .short { problems.append("disturbed: \(failure)") }
        } else if account.hasFailedToSynchronise {
            problems.append("acknowledged after a failed fsync")
        }
        if account.repeatedSynchronisationCount > 0 { problems.append("fsync was tried again on the same file") }
        if !account.openDescriptors.isEmpty { problems.append("\(account.openDescriptors.count) files left open") }
        guard !problems.isEmpty, let call = account.failedCall else { return problems }
        return problems + ["the call that failed: \(call.call) \(call.place)"]
    }

    /// Files that the process has left unfinished, which it can remove.
    private func debris(_ found: DiskImage) -> [String] {
        Set(found.unfinishedNames).subtracting(run.image.unfinishedNames).sorted().map { "left behind: \($0)" }
    }
}
