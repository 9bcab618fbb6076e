/// What a failure means to whoever has to act on it: a person, or a scheduler that reads the exit code.
package enum FailureKind: String, Sendable, CaseIterable {
    /// A flag, a configuration value or a window is wrong. Exit code 2.
    case usage
    /// The data that was fed in is bad. Exit code 3.
    case badInput = "bad_input"
    /// A gate or a guardrail said no; a retry will not help. Exit code 4.
    case refused
    /// A file of ours is not what was written. Exit code 5.
    case corruption
    /// Somebody else holds the lock, or won the race. Exit code 6.
    case conflict
    /// The storage failed: disk full, input or output error, no permission. Exit code 7.
    case storage
    /// What was asked for does not exist. Exit code 8.
    case notFound = "not_found"

    /// The process exit code of this kind, as the reference of exit codes lists it.
    package var exitCode: Int32 {
        switch self {
        case .usage: 2
        case .badInput: 3
        case .refused: 4
        case .corruption: 5
        case .conflict: 6
        case .storage: 7
        case .notFound: 8
        }
    }
}

/// An error that tells a person what went wrong, where, why, and what to do about it.
///
/// Each module has one concrete type that conforms; nothing else is thrown across a module boundary.
package protocol Failure: Error, CustomStringConvertible, Sendable {
    /// Who has to act, and how.
    var kind: FailureKind { get }

    /// What happened, where and why, in one line without a final full stop.
    var message: String { get }

    /// What to do next, in one line; nil where the message says it already.
    var remedy: String? { get }
}

extension Failure {
    /// The message, and the remedy on a line of its own.
    package var description: String {
        guard let remedy else { return message }
        return "\(message)\n  \(remedy)"
    }
}
