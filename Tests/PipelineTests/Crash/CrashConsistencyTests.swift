import Foundation
import TestSupport
import Testing

/// A crash at any call leaves a store that verifies, old or new; the same again completes it, and what was acknowledged
/// is durable.
///
/// With RECSYS_TORTURE=1 in the environment every case is looked at, else a choice, the same every time.
@Suite struct CrashConsistencyTests {
    private static let choice = CrashThoroughness(nameSetCount: 4, isIgnoringUnfinished: true, caseCount: 6)

    @Test(arguments: StoreScenario.all)
    func aCrashAtEveryCall(scenario: StoreScenario) throws {
        let trial = try CrashTrial(scenario, Torture.isWanted ? .exhaustive : CrashConsistencyTests.choice)
        #expect(try trial.problemsAtTheEnd() == [])
        var problemCount = 0
        for crash in trial.cases.all {
            let problems = try problems(crash, of: trial)
            if problems.isEmpty { continue }
            Issue.record("\(scenario.name): \(crash):\n\(problems.joined(separator: "\n"))")
            problemCount += 1
            if problemCount == 5 { break }
        }
        let counts = CrashModel.allCases.map { "\($0) \(trial.cases.count($0))" }.joined(separator: ", ")
        note("\(scenario.name): \(trial.cases.all.count) cases: \(counts)")
    }

    private func problems(_ crash: CrashCase, of trial: CrashTrial) throws -> [String] {
        do {
            return try trial.problems(crash)
        } catch {
            return ["the same again fails: \(error)"]
        }
    }

    /// Tells how much was looked at, where somebody asked for all.
    private func note(_ text: String) {
        guard Torture.isWanted else { return }
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }
}
