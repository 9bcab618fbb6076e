import ArgumentParser
import Artifacts
import Builders
import Commands
import Platform

/// A command that shows one list of an artifact.
protocol LookupCommand: Subcommand {
    /// The kinds of artifacts that have such lists.
    static var kinds: [ArtifactKind] { get }

    var source: FileOptions { get }
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
        guard Self.kinds.contains(rows.key.kind) else {
            let kind = rows.key.kind
            let kinds = Self.kinds.map(\.rawValue).joined(separator: " and ")
            throw DumpError.otherKind(
                name, kinds: kinds, kind: kind.rawValue, path: dump.file.path, remedy: kind.question)
        }
        return CommandResult(try RankedAnswer(rows, key: key, limit: list.head))
    }
}

extension ArtifactKind {
    /// What to ask an artifact of this kind.
    fileprivate var question: String {
        switch self {
        case .popularity: "ask it: recsys-dump top FILE"
        case .cooc: "ask it: recsys-dump neighbors FILE ITEM"
        case .implicit, .sessionSeq: "ask it: recsys-dump user FILE ID"
        case .contentSim: "ask it: recsys-dump tags FILE ITEM"
        }
    }
}
