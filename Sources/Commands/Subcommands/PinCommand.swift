import ArgumentParser
import Artifacts
import Builders
import Events
import Pipeline
import Platform
import Publishing

/// `pin`
struct PinCommand: PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "pin",
        abstract: "Keeps a version: garbage collection leaves it alone whatever its age.",
        usage: "recsys-pipelines pin VERSION --tenant T --surface S [--kind KIND] [--reason TEXT] [<options>]",
        discussion: """
            recsys-pipelines pin 0f3a91 --tenant demo --surface home \\
              --reason "baseline of the autumn experiment"
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var owner: OwnerOptions
    @OptionGroup var version: VersionOptions

    @Option(name: .long, help: "Why, for who finds the pin.")
    var reason: String?

    func execute() throws -> CommandResult {
        let pipeline = try common.pipeline()
        let pinned = try pipeline.publisher.pin(
            version.version, of: owner.owner, kind: version.kind, reason: reason, isDryRun: version.isDryRun)
        return CommandResult(
            pinned.record, pinned.isNew, verb: version.isDryRun ? "would pin" : "pinned",
            otherwise: "unchanged, it is pinned already")
    }
}

/// `unpin`
struct UnpinCommand: PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "unpin",
        abstract: "Takes a pin away.",
        usage: "recsys-pipelines unpin VERSION --tenant T --surface S [--kind KIND] [<options>]",
        discussion: "recsys-pipelines unpin 0f3a91 --tenant demo --surface home")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var owner: OwnerOptions
    @OptionGroup var version: VersionOptions

    func execute() throws -> CommandResult {
        let pipeline = try common.pipeline()
        let unpinned = try pipeline.publisher.unpin(
            version.version, of: owner.owner, kind: version.kind, isDryRun: version.isDryRun)
        return CommandResult(
            unpinned.record, unpinned.isNew, verb: version.isDryRun ? "would unpin" : "unpinned",
            otherwise: "unchanged, it is not pinned")
    }
}

/// Which version a subcommand is about.
struct VersionOptions: ParsableArguments {
    @Argument(help: "A published version, or how it begins: at least 4 characters.")
    var version: String

    @Option(name: .long, help: "Its kind, if versions of several kinds begin so.", transform: Parsing.kind)
    var kind: ArtifactKind?

    @Flag(name: .customLong("dry-run"), help: "Look for it and change nothing.")
    var isDryRun = false

    func validate() throws {
        if version.count < 4 { throw ValidationError("give at least 4 characters of the version") }
    }
}

extension CommandResult {
    /// The result of pinning or unpinning.
    fileprivate init(_ record: ArtifactRecord, _ isNew: Bool, verb: String, otherwise: String) {
        let what = "\(record.key.kind.rawValue) \(record.version)"
        let days = "\(record.key.window.start) to \(record.key.window.end)"
        self.init([isNew ? "\(verb) \(what), \(days)" : "\(otherwise): \(what), \(days)"]) { json in
            json.member("artifact_type", record.key.kind.rawValue)
            json.member("version", record.version.hexadecimal)
            json.member("changed", isNew)
        }
    }
}
