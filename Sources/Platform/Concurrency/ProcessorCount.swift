#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the system says of the machine's processors.
enum ProcessorCount {
    /// Processors that are online.
    static var active: Int { Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
