import Platform
import TestSupport
import Testing

@testable import Builders

/// A build that meets more than it may is refused, with the name of the limit; one that meets just as much is not.
@Suite struct BuildLimitsTests {
    /// Seven events of three users, four sessions and five items; session `s` has three items, one of them twice.
    private static let events = [
        Exposure(user: "u", session: "s", item: "a"), Exposure(user: "u", session: "s", item: "b"),
        Exposure(user: "v", session: "s", item: "b"), Exposure(user: "w", session: "t", item: "c"),
        Exposure(session: "s", item: "c"), Exposure(session: "x", item: "d"), Exposure(session: "y", item: "e"),
    ]

    /// A limit, what the events have of it, how it is set, and what the refusal names.
    private struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let met: Int
        let subject: String
        let set: @Sendable (inout BuildLimits, Int) -> Void

        var testDescription: String { name }
    }

    private static let window = "demo/home, 2024-01-30 to 2024-02-01"
    private static let cases = [
        Case(name: "max_events_per_run", met: 7, subject: "\(window): events") { $0.maximumEventCount = $1 },
        Case(name: "max_distinct_items_per_run", met: 5, subject: "\(window): distinct items") {
            $0.maximumItemCount = $1
        },
        Case(name: "max_sessions_per_run", met: 4, subject: "\(window): sessions") { $0.maximumSessionCount = $1 },
        Case(name: "max_users_per_run", met: 3, subject: "\(window): users") { $0.maximumUserCount = $1 },
        Case(name: "max_items_per_session", met: 3, subject: "\(window): distinct items of session \"s\"") {
            $0.maximumItemsPerSession = $1
        },
    ]

    @Test(arguments: cases)
    private func limitsHaveTheirNames(limit: Case) throws {
        let (name, met, subject) = (limit.name, limit.met, limit.subject)
        let world = try BuilderWorld([
            Array(BuildLimitsTests.events.prefix(3)), Array(BuildLimitsTests.events.dropFirst(3)),
        ])
        var limits = BuildLimits()
        limit.set(&limits, met)
        _ = try world.build(WindowBuilder.kinds, BuildParameters(), limits)
        limit.set(&limits, met - 1)
        let error = #expect(throws: LimitExceeded.self) {
            try world.build(WindowBuilder.kinds, BuildParameters(), limits)
        }
        #expect(error?.limit == name)
        #expect(error?.kind == .refused)
        #expect(error?.message == "\(subject): \(met), more than limits.\(name) allows, which is \(met - 1)")
        #expect(error?.remedy?.contains("limits.\(name)") == true)
    }

    /// A limit on what a kind does not look at does not concern it.
    @Test func aKindHasItsLimitsOnly() throws {
        let world = try BuilderWorld([BuildLimitsTests.events])
        var limits = BuildLimits()
        (limits.maximumSessionCount, limits.maximumUserCount, limits.maximumItemsPerSession) = (0, 0, 0)
        #expect(try world.build([.popularity], BuildParameters(), limits).count == 1)
        limits.maximumUserCount = 3
        #expect(try world.build([.implicit, .sessionSeq], BuildParameters(), limits).count == 2)
        #expect(throws: LimitExceeded.self) { try world.build([.cooc], BuildParameters(), limits) }
    }
}
