import Platform

/// Something that a reader does and must not do.
package struct Finding: Error, CustomStringConvertible {
    /// What does not hold.
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// - Throws: `Finding` unless it holds.
func check(_ holds: Bool, _ complaint: @autoclosure () -> String) throws(Finding) {
    if !holds { throw Finding(complaint()) }
}

/// What a reader makes of an input.
enum Outcome<Value> {
    case accepted(Value)
    /// The message for people.
    case refused(String)

    /// - Parameter kinds: What a refusal may be.
    /// - Throws: `Finding` if the input is refused in any way but by a failure of those kinds.
    init(refusals kinds: Set<FailureKind> = [.corruption, .usage], _ read: () throws -> Value) throws(Finding) {
        do {
            self = .accepted(try read())
        } catch let failure as any Failure {
            try check(kinds.contains(failure.kind), "refused as \(failure.kind.rawValue): \(failure)")
            try check(!failure.message.isEmpty, "refused without a word")
            self = .refused(failure.message)
        } catch {
            throw Finding("refused with what is no failure: \(error)")
        }
    }

    var value: Value? {
        switch self {
        case .accepted(let value): value
        case .refused: nil
        }
    }

    /// The message; nil if the input was accepted.
    var refusal: String? {
        switch self {
        case .accepted: nil
        case .refused(let message): message
        }
    }
}
