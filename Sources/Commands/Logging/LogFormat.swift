import ArgumentParser
import Logging

/// How messages are written to standard error.
enum LogFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// For people: the message, after `warning:`, `error:` or `debug:` where it is that.
    case text
    /// For programs: a JSON object a line.
    case json
}

/// From which level on messages are written.
enum LogLevel: String, CaseIterable, ExpressibleByArgument, Sendable {
    case debug
    case info
    case warning
    case error

    var level: Logger.Level {
        switch self {
        case .debug: .debug
        case .info: .info
        case .warning: .warning
        case .error: .error
        }
    }
}
