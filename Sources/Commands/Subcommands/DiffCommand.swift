import ArgumentParser
import Builders
import Pipeline

/// `diff`
struct DiffCommand: PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compares two published versions of a kind.",
        usage: "recsys-pipelines diff KIND [A [B]] --tenant T --surface S [--top K] [<options>]",
        discussion: """
            recsys-pipelines diff cooc --tenant demo --surface home
            recsys-pipelines diff popularity 0f3a 77c1 --tenant demo --surface home

            Without versions it is what was current before and what is current now. Overlap is from 0, nothing in \
            common, to 1; rank correlation from -1, reversed, to 1, the same order; score drift from 0, the same, to 1.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var owner: OwnerOptions

    @Argument(help: "The kind: \(Parsing.kindNames.joined(separator: ", ")).", transform: Parsing.kind)
    var kind: ArtifactKind

    @Argument(
        help: ArgumentHelp(
            "A version, or how it begins. (default: the one that was current before)", valueName: "a"))
    var first: String?

    @Argument(
        help: ArgumentHelp("The version to compare with it. (default: the current one)", valueName: "b"))
    var second: String?

    @Option(name: .long, help: "Compare the best K entries of each list, beside the whole lists.")
    var top: Int = 10

    func validate() throws {
        if top < 1 { throw ValidationError("--top: must be at least 1") }
    }

    func execute() throws -> CommandResult {
        CommandResult(try common.pipeline().compare(kind, of: owner.owner, first, second, topCount: top))
    }
}
