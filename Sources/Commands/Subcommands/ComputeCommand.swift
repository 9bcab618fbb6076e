import ArgumentParser
import Builders
import Pipeline

/// `compute`
struct ComputeCommand: PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "compute",
        abstract: "Computes one artifact a kind over the whole window, and stages it.",
        usage: "recsys-pipelines compute KIND... --tenant T --surface S --start DAY --end DAY [<options>]",
        discussion: """
            recsys-pipelines compute popularity cooc --tenant demo --surface home \\
              --start 2026-01-01 --end 2026-01-07
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var owner: OwnerOptions
    @OptionGroup var days: WindowOptions

    @Argument(help: "\(Parsing.kindNames.joined(separator: ", ")).", transform: Parsing.kind)
    var kinds: [ArtifactKind]

    @Flag(name: .customLong("dry-run"), help: "Compute and stage nothing.")
    var isDryRun = false

    func execute() throws -> CommandResult {
        let pipeline = try common.pipeline()
        let artifacts = try pipeline.stage(kinds, of: owner.owner, over: days.window(), isDryRun: isDryRun)
        return CommandResult(artifacts, staging: pipeline.layout.staging)
    }
}
