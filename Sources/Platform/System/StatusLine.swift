import Synchronization
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A line at the bottom of a terminal that is rewritten in place, on standard error.
///
/// Messages appear above it. Data on standard output, which may be the same terminal, end it.
package enum StatusLine {
    /// What the line shows; nil if there is none.
    private static let shown = Mutex<String?>(nil)

    /// To the first column, and clear what is to the right of it.
    private static let erasing = "\r\u{1B}[K"

    /// True if standard error is a terminal that knows more than to print lines.
    package static func isPossible(_ environment: [String: String]) -> Bool {
        let terminal = environment["TERM"] ?? ""
        return isatty(FileDescriptor.standardError.rawValue) == 1 && !["", "dumb"].contains(terminal)
    }

    /// Columns of the terminal; 80 if it does not say.
    package static var columnCount: Int { Terminal.columnCount(of: .standardError) }

    /// Shows `text`, which has to fit, in place of what the line showed.
    package static func show(_ text: String) {
        shown.withLock { line in
            write(erasing + text)
            line = text
        }
    }

    /// Leaves the line blank, until something is shown again.
    package static func end() {
        shown.withLock { line in
            if line != nil { write(erasing) }
            line = nil
        }
    }

    /// Writes a message to standard error, above the line if there is one.
    static func write(message: String) {
        shown.withLock { line in
            if let line {
                write("\(erasing)\(message)\n\(line)")
            } else {
                write("\(message)\n")
            }
        }
    }

    /// Writes to standard error, if anybody reads it.
    private static func write(_ text: String) {
        try? File.write(Array(text.utf8).rawSpan, to: .standardError, path: "standard error")
    }
}
