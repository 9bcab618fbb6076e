import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Writes data to standard output and messages to standard error.
package enum StandardOutput {
    /// Lets a write into a closed pipe fail instead of ending the process.
    package static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
    }

    /// - Throws: `ClosedPipe` if nobody reads any more; `StorageError`.
    package static func write(_ bytes: [UInt8]) throws {
        StatusLine.end()
        do {
            try File.write(bytes.rawSpan, to: .standardOutput, path: "standard output")
        } catch {
            throw error.errno == .brokenPipe ? ClosedPipe() : error
        }
    }

    /// - Throws: `ClosedPipe` if nobody reads any more; `StorageError`.
    package static func write(line: String) throws {
        try write(Array(line.utf8) + [UInt8(ascii: "\n")])
    }

    /// Writes a line to standard error, if anybody reads it.
    package static func note(_ line: String) {
        StatusLine.write(message: line)
    }
}

/// Whoever read standard output has had enough: no failure, but a reason to stop.
package struct ClosedPipe: Error {}
