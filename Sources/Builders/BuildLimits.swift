package import Platform
package import Scan

/// Guardrails: what a build may meet before it is refused. They catch wrong input, not large input.
package struct BuildLimits: Sendable, Equatable {
    package var maximumEventCount = 1_000_000_000
    /// At most `greatestSessionCount`.
    package var maximumSessionCount = 100_000_000
    package var maximumUserCount = 100_000_000
    package var maximumItemCount = 10_000_000
    /// Distinct items of one session.
    package var maximumItemsPerSession = 10_000
    /// What cooc does about a session of more items.
    package var oversizedSessions = OversizedSessionPolicy.fail

    /// The most sessions for which every score is exact to its last digits: products of two counts fit 56 bits, sums
    /// of a weight per session 64.
    package static let greatestSessionCount = (1 << 28) - 1

    /// The most events that a build may be allowed: counts of them have 32 bits, and so have places among as many items
    /// and sessions together.
    package static let greatestEventCount = Int(Int32.max)

    package init() {}
}

/// A build that met more than a limit allows.
package struct LimitExceeded: Failure {
    /// The key of the limit in the configuration.
    package let limit: String
    package let allowed: Int
    package let met: Int
    /// What there was too much of, and where.
    package let subject: String

    package var kind: FailureKind { .refused }
    package var message: String { "\(subject): \(met), more than limits.\(limit) allows, which is \(allowed)" }
    package var remedy: String? {
        let remedy = "check the input, choose a shorter window, or raise limits.\(limit)"
        guard limit == "max_items_per_session" else { return remedy }
        return "\(remedy), or set limits.on_oversized_session to \"drop\" or \"truncate\""
    }

    /// - Throws: `LimitExceeded` if `met` is more than `allowed`.
    static func check(_ met: Int, within allowed: Int, _ limit: String, _ subject: String) throws(LimitExceeded) {
        if met > allowed { throw LimitExceeded(limit: limit, allowed: allowed, met: met, subject: subject) }
    }
}
