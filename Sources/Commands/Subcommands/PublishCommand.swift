import ArgumentParser
import Pipeline
import Publishing
import SystemPackage

/// `publish`
struct PublishCommand: PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Makes current what is staged for a window.",
        usage: "recsys-pipelines publish --tenant T --surface S --start DAY --end DAY [<options>]",
        discussion: """
            recsys-pipelines publish --tenant demo --surface home \\
              --start 2026-01-01 --end 2026-01-07
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var owner: OwnerOptions
    @OptionGroup var days: WindowOptions

    @OptionGroup var gates: GateOptions

    @Flag(name: .customLong("dry-run"), help: "Verify what is staged and change nothing.")
    var isDryRun = false

    func execute() throws -> CommandResult {
        var pipeline = try common.pipeline()
        pipeline.overrides = gates.reasons
        let window = try days.window()
        let result = try pipeline.noting("publish", of: owner.owner, isDryRun: isDryRun) {
            try pipeline.publishStaged(owner.owner, window, isDryRun: isDryRun)
        }
        for gate in result.gates { gate.log(to: pipeline.logger) }
        return CommandResult(
            result.outcome.manifest, gates: result.gates, at: pipeline.layout.registry.manifestPath(owner.owner).string,
            summary: isDryRun
                ? "would publish" : result.outcome.isNew ? "published" : "unchanged, this is current already")
    }
}
