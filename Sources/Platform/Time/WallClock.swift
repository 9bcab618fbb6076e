#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The one place that asks what time it is.
package enum WallClock {
    /// Whole seconds since 1970-01-01T00:00:00Z.
    package static var secondsSinceEpoch: Int {
        var now = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &now)
        return now.tv_sec
    }
}
