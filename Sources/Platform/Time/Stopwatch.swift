#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Time that passes, for notes about how long something took.
package struct Stopwatch: Sendable {
    private let start: Double

    /// Starts to measure.
    package init() {
        start = Stopwatch.now
    }

    /// Since the start.
    package var seconds: Double { Stopwatch.now - start }

    private static var now: Double {
        var now = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &now)
        return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    }
}
