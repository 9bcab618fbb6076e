import Events
import Platform
import Publishing
import SystemPackage
import TestSupport
import Testing

@testable import Pipeline

/// A store, and something that is done to it: while it is done the machine may crash, or storage may fail.
struct StoreScenario: Sendable, CustomTestStringConvertible {
    let name: String
    /// Makes the store that there is before, and the inputs.
    let prepare: @Sendable (PipelineWorld) throws -> Void
    /// What is done, and done again after a crash.
    let operate: @Sendable (PipelineWorld, Pipeline) throws -> Void
    /// Somebody else's attempt after a crash, which may fail.
    var attempt: (@Sendable (PipelineWorld, Pipeline) throws -> Void)?
    /// True if what is staged need not outlive a crash.
    var isStaging = false
    /// True if it is a change each time that it is done, be it to the same.
    var isWritingAgain = false

    var testDescription: String { name }

    /// A world in which the scenario is prepared.
    func makeWorld() throws -> PipelineWorld {
        var world = PipelineWorld(in: TemporaryFolder(isInMemory: true))
        world.configuration.badRecords = .quarantine
        world.configuration.maximumRejectRatio = 1
        let prepared = world
        try hastily { try prepare(prepared) }
        return world
    }

    /// Runs `body` without waiting for the disk.
    func hastily<Result>(_ body: () throws -> Result) throws -> Result {
        try FileSystem.$calls.withValue(HastyFileSystem()) { try body() }
    }

    /// Removes what processes that have ended left unfinished.
    func collectUnfinished(_ world: PipelineWorld) throws {
        let policy = CollectionPolicy(graceDayCount: 100_000, keptVersionCount: 1_000)
        let now = Timestamp(secondsSinceEpoch: WallClock.secondsSinceEpoch)
        let collection = StoreCollection(world.pipeline(threadCount: 1), policy, keptDayCount: nil, now: now)
        _ = try collection.collectAll(isDryRun: false, of: { _ in true }) { _, outcome in _ = try outcome.get() }
    }

    /// What a verification finds wrong, in words.
    func problems(_ world: PipelineWorld, _ level: VerificationLevel, ignoringStaged: Bool) throws -> [String] {
        do {
            let report = try Verification(world.pipeline(threadCount: 1), level: level).run(nil)
            return report.problems.filter { !ignoringStaged || !$0.role.hasPrefix("staged") }
                .map { "\($0.role): \($0.failure.message)" }
        } catch PipelineError.emptyStore {
            return []
        }
    }
}
