import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Terminals that output goes to.
package enum Terminal {
    /// Columns of the terminal that standard output is; 80 if it does not say. Nil if it is none.
    package static var outputColumnCount: Int? {
        let descriptor = FileDescriptor.standardOutput
        return isatty(descriptor.rawValue) == 1 ? columnCount(of: descriptor) : nil
    }

    /// Columns of a terminal; 80 if it does not say.
    static func columnCount(of descriptor: FileDescriptor) -> Int {
        var size = winsize()
        let result = unsafe ioctl(descriptor.rawValue, UInt(TIOCGWINSZ), &size)
        return result == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }
}
