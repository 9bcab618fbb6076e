#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// How much time passes, for what is shown to people: nothing that is stored depends on it.
package enum MonotonicClock {
    /// Seconds since some moment before the process began; never goes back.
    package static var seconds: Double {
        var now = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &now)
        return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
    }
}
