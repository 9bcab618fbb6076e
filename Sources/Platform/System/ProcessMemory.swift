#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the system says of this process's memory.
package enum ProcessMemory {
    /// The most that was in memory at once, in bytes, pages of mapped files included.
    package static var peakByteCount: Int {
        var usage = rusage()
        #if canImport(Glibc)
            // Glibc's name for it is of another type than its parameter.
            unsafe getrusage(RUSAGE_SELF.rawValue, &usage)
            return usage.ru_maxrss * 1024
        #else
            unsafe getrusage(RUSAGE_SELF, &usage)
            return usage.ru_maxrss
        #endif
    }
}
