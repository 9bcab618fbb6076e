import Columns
import Commands
import Platform

extension CommandResult {
    /// The result of a command that shows what can be read of a file.
    ///
    /// - Parameter damage: What is wrong; JSON has it too.
    /// - Throws: `IncompleteResult` if something is.
    init(
        _ lines: [String], of file: DumpFile, damage: [any Failure],
        members: @escaping @Sendable (inout JSONWriter) -> Void,
    ) throws {
        let result = CommandResult(lines) { json in
            members(&json)
            if damage.isEmpty { return }
            json.key("damage")
            json.array { json in for problem in damage { json.string(problem.message) } }
        }
        guard let first = damage.first else {
            self = result
            return
        }
        let others = damage.count > 1 ? " (and \((damage.count - 1).grouped) more)" : ""
        throw IncompleteResult(
            result: result, kind: first.kind, message: first.message + others, remedy: first.remedy)
    }
}
