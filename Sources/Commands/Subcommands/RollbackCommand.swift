import ArgumentParser
import Builders
import Pipeline
import Publishing
import SystemPackage

/// `rollback`
struct RollbackCommand: PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Makes an earlier manifest current again.",
        usage: "recsys-pipelines rollback --tenant T --surface S [--steps N | --to VERSION] [<options>]",
        discussion: """
            recsys-pipelines rollback --tenant demo --surface home \\
              --reason "items of the 7th look wrong"

            Every artifact that the earlier manifest names is verified first. A manifest that is lost or damaged is \
            restored: the last entry of the history stands one step before it. A rollback is a change too: the next \
            one, by one step, takes it back; to go further back, name a version or more steps.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var owner: OwnerOptions

    @Option(name: .long, help: "Roll back this kind only; the others stay.", transform: Parsing.kind)
    var kind: ArtifactKind?

    @Option(name: .long, help: "How many changes to go back. (default: 1)")
    var steps: Int?

    @Option(name: .long, help: "Go to the latest manifest that names this version, or a version that begins so.")
    var to: String?

    @Option(name: .long, help: "Why, for the history.")
    var reason: String?

    @Flag(name: .customLong("dry-run"), help: "Verify and change nothing.")
    var isDryRun = false

    func validate() throws {
        if let steps, steps < 1 { throw ValidationError("--steps: must be at least 1") }
        if steps != nil, to != nil { throw ValidationError("--steps and --to exclude each other") }
        if let to, to.count < 4 { throw ValidationError("--to: give at least 4 characters of a version") }
    }

    func execute() throws -> CommandResult {
        let pipeline = try common.pipeline()
        let target = to.map { RollbackTarget.version($0) } ?? .steps(steps ?? 1)
        let manifest = try pipeline.publisher.rollBack(
            owner.owner, kind: kind, to: target, reason: reason, run: pipeline.run, isDryRun: isDryRun)
        return CommandResult(
            manifest, at: pipeline.layout.registry.manifestPath(owner.owner).string,
            summary: isDryRun ? "would roll back to" : "rolled back to")
    }
}
