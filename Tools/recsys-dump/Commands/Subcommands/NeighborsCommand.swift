import ArgumentParser
import Builders
import Commands

/// `neighbors`
struct NeighborsCommand: LookupCommand {
    static let configuration = CommandConfiguration(
        commandName: "neighbors", abstract: "Shows the neighbours of an item in a cooc artifact, best first.",
        usage: "recsys-dump neighbors FILE ITEM [--head N] [--format text|json]")

    static let form = ArtifactForm.neighbors

    @OptionGroup var source: ArtifactOptions

    @Argument(help: "The item.")
    var item: String

    @OptionGroup var list: ListOptions

    var key: String? { item }
}
