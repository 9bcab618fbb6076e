package import ArgumentParser

/// The command line of the product.
package struct RecsysPipelines: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "recsys-pipelines",
        abstract: "Turns exposure events into versioned artifacts for an online recommender.",
        discussion: """
            A first run, on the sample data of the repository:

              recsys-pipelines run --tenant demo --surface home \\
                --start 2026-01-01 --end 2026-01-07 \\
                --input Fixtures/demo/exposure.jsonl

            Exit codes: 0 done, 2 usage, 3 bad input, 4 refused by a limit or a gate, 5 corruption, 6 lock held, \
            7 storage failed, 8 not found, 130 and 143 signals.
            """,
        version: version,
        subcommands: [
            RunCommand.self, IngestCommand.self, ValidateCommand.self, ComputeCommand.self, PublishCommand.self,
            StatusCommand.self, VersionsCommand.self, RollbackCommand.self, PinCommand.self, UnpinCommand.self,
            CollectCommand.self, DiffCommand.self, ExplainCommand.self, ExportCommand.self, VerifyCommand.self,
            ConfigCommand.self,
        ])

    /// Of all programs of the product.
    package static let version = "0.1.0"

    package init() {}
}

/// A subcommand of the product that reports what it did, in the format that was asked for.
protocol PipelineCommand: Subcommand {
    var result: ResultOptions { get }
}

extension PipelineCommand {
    var resultFormat: ResultFormat { result.format }
}
