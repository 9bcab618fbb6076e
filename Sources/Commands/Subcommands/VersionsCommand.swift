import ArgumentParser
import Artifacts
import Builders
import Events
import Pipeline
import Platform
import Publishing

/// `versions`
struct VersionsCommand: PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "versions",
        abstract: "Lists what was published: versions, windows, sizes, and what is current.",
        usage: "recsys-pipelines versions --tenant T --surface S [--kind KIND] [<options>]",
        discussion: "recsys-pipelines versions --tenant demo --surface home --kind cooc")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var owner: OwnerOptions

    @Option(name: .long, help: "Only this kind.", transform: Parsing.kind)
    var kind: ArtifactKind?

    func execute() throws -> CommandResult {
        let (versions, failures) = try common.pipeline().layout.registry.versions(of: owner.owner, kind: kind)
        let result = VersionsCommand.result(versions)
        guard let failure = failures.first else { return result }
        throw IncompleteResult(
            result: result, kind: failure.kind,
            message: failures.map(\.message).joined(separator: "; "), remedy: failure.remedy)
    }

    private static func result(_ versions: [PublishedVersion]) -> CommandResult {
        let rows = versions.map { version in
            [
                version.record.key.kind.rawValue, version.record.version.hexadecimal,
                version.record.key.window.start.description, version.record.key.window.end.description,
                version.record.byteCount.grouped, version.record.provenance.builtAt,
                [version.isCurrent ? "current" : nil, version.isPinned ? "pinned" : nil].compactMap { $0 }
                    .joined(separator: ", "),
            ]
        }
        let heading = ["KIND", "VERSION", "FIRST DAY", "LAST DAY", "BYTES", "BUILT AT", ""]
        return CommandResult(Table.lines([heading] + rows)) { json in
            json.key("versions")
            json.array { json in for version in versions { json.object { $0.members(of: version) } } }
        }
    }
}

extension JSONWriter {
    fileprivate mutating func members(of version: PublishedVersion) {
        member("artifact_type", version.record.key.kind.rawValue)
        member("version", version.record.version.hexadecimal)
        member("first_day", version.record.key.window.start.description)
        member("last_day", version.record.key.window.end.description)
        member("bytes", version.record.byteCount)
        member("built_at", version.record.provenance.builtAt)
        member("uri", version.record.uri)
        key("current")
        boolean(version.isCurrent)
        key("pinned")
        boolean(version.isPinned)
    }
}
