#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The one place that asks what time it is.
package enum WallClock {
    /// A test's time, in seconds since 1970, which stands still; nil for the time that it is.
    @TaskLocal package static var stoppedAt: Int?

    /// Whole seconds since 1970-01-01T00:00:00Z.
    package static var secondsSinceEpoch: Int { sinceEpoch.seconds }

    /// Whole seconds since 1970-01-01T00:00:00Z, and the nanoseconds since the last of them.
    package static var sinceEpoch: (seconds: Int, nanoseconds: Int) {
        if let stoppedAt { return (stoppedAt, 0) }
        var now = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &now)
        return (now.tv_sec, now.tv_nsec)
    }
}
