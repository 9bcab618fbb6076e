import ArgumentParser
import Pipeline
import Platform

/// `config`
struct ConfigCommand: PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Shows or checks the configuration that is in force.",
        usage: "recsys-pipelines config show [--origin] | validate | schema [--config FILE] [<options>]",
        discussion: """
            recsys-pipelines config show --origin
            recsys-pipelines config validate --config settings.json

            show prints a file that means the same; with --origin each setting with where its value comes from: the \
            default, the file, the environment or a flag. validate fails with exit code 2 if there is a mistake. \
            schema prints the JSON Schema of the file.
            """)

    /// What is to be done.
    enum Action: String, CaseIterable, ExpressibleByArgument {
        case show, validate, schema
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions

    @Argument(help: "What to do.")
    var action: Action

    @Flag(name: .long, help: "Say of each setting where its value comes from.")
    var origin = false

    func validate() throws {
        if origin, action != .show { throw ValidationError("--origin goes with show") }
    }

    func execute() throws -> CommandResult {
        let configuration = try common.pipeline().configuration
        return switch action {
        case .show: CommandResult(configuration, withOrigins: origin)
        case .validate: CommandResult(valid: configuration)
        case .schema: .schema
        }
    }
}
