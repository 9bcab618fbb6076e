import ArgumentParser
import Builders
import Commands

/// `top`
struct TopCommand: LookupCommand {
    static let configuration = CommandConfiguration(
        commandName: "top", abstract: "Shows the items of a popularity artifact, most popular first.",
        usage: "recsys-dump top FILE [--head N] [--format text|json]")

    static let form = ArtifactForm.ranking

    @OptionGroup var source: ArtifactOptions
    @OptionGroup var list: ListOptions

    var key: String? { nil }
}
