import ArgumentParser
import Builders
import Commands

/// `user`
struct UserCommand: LookupCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Shows the items of a user in an implicit or session_seq artifact, best first.",
        usage: "recsys-dump user FILE ID [--head N] [--format text|json]")

    static let form = ArtifactForm.users

    @OptionGroup var source: ArtifactOptions

    @Argument(help: "The user.")
    var user: String

    @OptionGroup var list: ListOptions

    var key: String? { user }
}
