#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The end of the process.
package enum ProcessExit {
    /// Ends the process with an exit code.
    package static func end(_ code: Int32) -> Never {
        exit(code)
    }
}
