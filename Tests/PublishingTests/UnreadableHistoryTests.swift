import Builders
import Platform
import TestSupport
import Testing

@testable import Publishing

/// An entry of the history that cannot be read for now is not taken for a damaged one: nobody knows what it says.
@Suite struct UnreadableHistoryTests {
    private let world = PublishingWorld()

    init() throws {
        for weight in 1...3 { try world.publish(world.file(.cooc, weight: UInt32(weight))) }
    }

    /// Runs `body` while an entry cannot be read, which must fail and change nothing.
    private func expectFailure(entry number: Int, _ body: () throws -> Void) throws {
        let before = world.folder.snapshot
        let fault = FaultInjector(.unreadable("/0000000\(number).json"))
        let kind = try FileSystem.$calls.withValue(fault) { try failureKind(body) }
        #expect(kind == .storage)
        let changes = world.folder.snapshot.differences(from: before)
        #expect(changes.allSatisfy { $0.contains("/locks/") }, "\(changes)")
    }

    /// The current manifest would be taken for one that stands behind its own entry.
    @Test func rollbackDoesNotGoToWhatIsCurrent() throws {
        try expectFailure(entry: 3) { try world.rollBack(.steps(1)) }
        try world.rollBack(.steps(1))
        #expect(try world.current() == [.cooc: world.file(.cooc, weight: 2).version.hexadecimal])
    }

    @Test func publishDoesNotForgetWhatItReplaces() throws {
        try expectFailure(entry: 3) { try world.publish(world.file(.cooc, weight: 4)) }
    }

    /// What stands before it would be taken for something that nobody wants.
    @Test(arguments: [2, 3])
    func garbageCollectionKeepsWhatItMayName(number: Int) throws {
        let policy = CollectionPolicy(graceDayCount: 1, keptVersionCount: 1)
        let now = WallClock.secondsSinceEpoch + 10 * 86_400
        try expectFailure(entry: number) { try world.collect(policy, now: now) }
        #expect(try world.collect(policy, now: now).records.map(\.version) == [world.file(.cooc, weight: 1).version])
    }
}
