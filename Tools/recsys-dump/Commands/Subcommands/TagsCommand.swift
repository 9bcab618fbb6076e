import ArgumentParser
import Builders
import Commands

/// `tags`
struct TagsCommand: LookupCommand {
    static let configuration = CommandConfiguration(
        commandName: "tags", abstract: "Shows the tags of an item in a content_sim artifact.",
        usage: "recsys-dump tags FILE ITEM [--head N] [--format text|json]")

    static let form = ArtifactForm.tags

    @OptionGroup var source: ArtifactOptions

    @Argument(help: "The item.")
    var item: String

    @OptionGroup var list: ListOptions

    var key: String? { item }
}
