import Platform
import Publishing
import SystemPackage
import TestSupport

@testable import Pipeline

/// What is wrong after crashes of a scenario, in words.
struct CrashTrial {
    let cases: CrashCases
    private let run: UndisturbedRun

    init(_ scenario: StoreScenario, _ thoroughness: CrashThoroughness) throws {
        run = try UndisturbedRun(scenario)
        cases = CrashCases(run.notedCalls, from: run.image, thoroughness)
    }

    /// Of the undisturbed operation: once it has returned, all must be durable.
    func problemsAtTheEnd() throws -> [String] {
        let seen = StoreState(cases.end.image(.killed))
        return seen.differences(from: run.end).map { "the model errs: \($0)" } + notDurable(cases.end, "at the end")
    }

    /// Of the store after a crash, and of the same operation again.
    func problems(_ crash: CrashCase) throws -> [String] {
        try crash.image.write(to: run.world.folder.path)
        var problems = try verificationProblems(.full, ignoringStaged: run.scenario.isStaging)
        problems += run.neitherOldNorNew(StoreState(crash.image))
        var disk = crash.disk
        if let attempt = run.scenario.attempt {
            try follow(&disk) {
                do { try attempt(run.world, run.world.pipeline(threadCount: 1)) } catch is any Failure {}
            }
            problems += try verificationProblems(.full, ignoringStaged: true)
        }
        try follow(&disk) { try run.operate() }
        problems += try run.differences("again") + verificationProblems(.deep).map { "again: \($0)" }
        problems += notDurable(disk, "again")
        return try problems + problemsOfRepetition() + run.debrisAfterCollection()
    }

    /// Of the same once more, which must write nothing.
    private func problemsOfRepetition() throws -> [String] {
        let before = try run.found().unfinishedNames
        let calls = try CallRecorder.calls(below: run.world.folder.path) { try run.operate() }
        let kept = ["out/ledger/", "out/artifacts/", "out/rejects/", "out/scratch/"]
        let names = run.scenario.isWritingAgain ? [] : calls.compactMap(\.namedPath)
        let written = names.filter { path in !kept.contains { path.hasPrefix($0) } }
        let new = Set(try run.found().unfinishedNames).subtracting(before)
        return try run.differences("a third time") + (written + new).map { "a third time: wrote \($0)" }
    }

    /// Runs `body` and lets the disk follow its calls.
    private func follow(_ disk: inout Disk, _ body: () throws -> Void) throws {
        for call in try CallRecorder.calls(below: run.world.folder.path, of: body) { disk.apply(call) }
        disk.endProcesses()
    }

    private func verificationProblems(
        _ level: VerificationLevel, ignoringStaged: Bool = false,
    ) throws -> [String] {
        try run.scenario.problems(run.world, level, ignoringStaged: ignoringStaged)
    }

    /// What would be lost if the machine crashed now. That a blob comes back that was taken out does no harm.
    private func notDurable(_ disk: Disk, _ when: String) -> [String] {
        let (durable, end) = (StoreState(disk.image(.unsynchronisedLost)).withoutStaged, run.end.withoutStaged)
        let names = durable.differences(from: end).filter { name in
            !name.hasPrefix("objectstore/") || end.contents[name] != nil
        }
        return names.map { "\(when): not durable: \($0)" }
    }
}
