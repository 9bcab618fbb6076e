import Platform
import Synchronization

/// How long the parts of a run took.
package final class PhaseClock: Sendable {
    /// A part of a run; they are compared by their order in it.
    package enum Phase: String, CaseIterable, Comparable, Sendable {
        /// Reading inputs and writing partitions.
        case ingest
        /// The gates of days, and the computation.
        case compute
        /// The gates of artifacts, and making them current.
        case publish

        package static func < (left: Phase, right: Phase) -> Bool {
            allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
        }
    }

    private let durations = Mutex<[Phase: Double]>([:])

    package init() {}

    /// Seconds of each phase that has begun.
    package var seconds: [Phase: Double] { durations.withLock { $0 } }

    /// Runs `body`, and adds its duration to that of the phase. Phases do not overlap.
    func measure<Result>(_ phase: Phase, _ body: () throws -> Result) rethrows -> Result {
        let start = MonotonicClock.seconds
        defer { durations.withLock { $0[phase, default: 0] += MonotonicClock.seconds - start } }
        return try body()
    }
}
