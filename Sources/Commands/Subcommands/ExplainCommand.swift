import ArgumentParser
import Pipeline

/// `explain`
struct ExplainCommand: PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Says why an item is a neighbour of another one in cooc, or is not.",
        usage: "recsys-pipelines explain ITEM NEIGHBOR --tenant T --surface S [--version V] [<options>]",
        discussion: """
            recsys-pipelines explain sku-0001 sku-0002 --tenant demo --surface home

            The sessions of the artifact's window are counted anew, from the partitions as they are now.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var owner: OwnerOptions

    @Argument(help: "The item whose neighbours are asked about.")
    var item: String

    @Argument(help: "The other item.")
    var neighbor: String

    @Option(name: .long, help: "A published version of cooc, or how it begins. (default: the current one)")
    var version: String?

    func validate() throws {
        if item.isEmpty || neighbor.isEmpty { throw ValidationError("an item must not be empty") }
        if item.utf8.elementsEqual(neighbor.utf8) {
            throw ValidationError("an item is no neighbour of itself; name two items")
        }
    }

    func execute() throws -> CommandResult {
        CommandResult(
            try common.pipeline().explain(neighbor, asNeighborOf: item, of: owner.owner, version: version))
    }
}
