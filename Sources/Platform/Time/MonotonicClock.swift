#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// How much time passes, for what is shown to people: nothing that is stored depends on it.
package enum MonotonicClock {
    /// Seconds since some moment before the process began; never goes back.
    package static var seconds: Double { Double(nanoseconds) * 1e-9 }

    /// Nanoseconds since that moment.
    package static var nanoseconds: UInt64 {
        var now = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &now)
        return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
    }
}
