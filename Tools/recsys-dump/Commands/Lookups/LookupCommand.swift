import ArgumentParser
import Artifacts
import Builders
import Commands
import Platform

/// A command that shows one list of an artifact.
protocol LookupCommand: Subcommand {
    /// What artifacts must be to have such lists.
    static var form: ArtifactForm { get }

    var source: ArtifactOptions { get }
    var list: ListOptions { get }
    /// What to look up; nil for the only list that there is.
    var key: String? { get }
}

extension LookupCommand {
    var resultFormat: ResultFormat { list.result.format }

    func execute() throws -> CommandResult {
        let name = Self.configuration.commandName ?? ""
        let dump = try source.open()
        let rows = try dump.artifact(for: name)
        do {
            guard rows.key.kind.form == Self.form else {
                let kinds = ArtifactKind.allCases.filter { $0.form == Self.form }.map(\.rawValue)
                    .joined(separator: " and ")
                throw DumpError.otherKind(name, kinds: kinds, kind: rows.key.kind, path: dump.file.path)
            }
            return try CommandResult(try RankedAnswer(rows, key: key, limit: list.head), of: dump)
        } catch let error as DumpError {
            guard let misplacement = dump.misplacement else { throw error }
            // What is not here may well be in the file that belongs here.
            StandardOutput.note(error.message)
            throw misplacement
        }
    }
}
