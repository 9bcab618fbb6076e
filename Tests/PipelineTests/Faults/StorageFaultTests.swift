import Foundation
import TestSupport
import Testing

/// Whatever call fails, the operation succeeds all the same or ends in a failure of storage that leaves the store old
/// or new, and the same again completes it.
///
/// With RECSYS_TORTURE=1 in the environment every call fails for every reason, else a choice, the same every time.
@Suite struct StorageFaultTests {
    private static let chosenCount = 5

    /// A byte at a time takes its time, so that few scenarios do.
    private static let disturbed = Torture.isWanted ? StoreScenario.all : [.rollingBack, .collecting, .merging]

    @Test(arguments: disturbed, [StorageFault.interrupting, .short])
    func whatIsDoneInSeveralCallsIsDoneAllTheSame(scenario: StoreScenario, fault: StorageFault) throws {
        #expect(try FaultTrial(scenario).problems(fault) == [])
    }

    @Test(arguments: StoreScenario.all)
    func aFaultAtEveryCall(scenario: StoreScenario) throws {
        let trial = try FaultTrial(scenario)
        var faults = trial.faults
        if !Torture.isWanted {
            var random = SplitMix64(seed: 2)
            faults = Array(faults.shuffled(using: &random).prefix(StorageFaultTests.chosenCount))
        }
        var problemCount = 0
        for fault in faults {
            let problems = try problems(fault, of: trial)
            if problems.isEmpty { continue }
            Issue.record("\(scenario.name): \(fault):\n\(problems.joined(separator: "\n"))")
            problemCount += 1
            if problemCount == 5 { break }
        }
        guard Torture.isWanted else { return }
        let text = "\(scenario.name): \(trial.callCount) calls, \(faults.count) faults\n"
        FileHandle.standardError.write(Data(text.utf8))
    }

    private func problems(_ fault: StorageFault, of trial: FaultTrial) throws -> [String] {
        do {
            return try trial.problems(fault)
        } catch {
            return ["the same again fails: \(error)"]
        }
    }
}
