package import ArgumentParser
import Platform

/// A subcommand: options, and one call into the library.
protocol PipelineCommand: ParsableCommand {
    /// How the result is printed.
    var resultFormat: ResultFormat { get }

    /// Does the work; what it returns is printed.
    func execute() throws -> CommandResult
}

/// A subcommand that reports what it did, in the format that was asked for.
protocol ReportingCommand: PipelineCommand {
    var result: ResultOptions { get }
}

extension ReportingCommand {
    var resultFormat: ResultFormat { result.format }
}

/// The command line of the product.
package struct RecsysPipelines: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "recsys-pipelines",
        abstract: "Turns exposure events into versioned artifacts for an online recommender.",
        discussion: """
            A first run, on the sample data of the repository:

              recsys-pipelines run --tenant demo --surface home --start 2026-01-01 --end 2026-01-07 \\
                --input Fixtures/demo/exposure.jsonl

            Exit codes: 0 done, 2 usage, 3 bad input, 4 refused by a limit, 5 corruption, 6 lock held, \
            7 storage failed, 8 not found, 130 and 143 signals.
            """,
        version: "0.1.0",
        subcommands: [
            RunCommand.self, IngestCommand.self, ComputeCommand.self, PublishCommand.self, VersionsCommand.self,
            RollbackCommand.self, ExportCommand.self,
        ])

    package init() {}

    /// Runs the command that `arguments`, without the program's name, ask for.
    ///
    /// - Returns: The exit code.
    package static func main(arguments: [String]) -> Int32 {
        StandardOutput.ignoreBrokenPipes()
        Cancellation.listen()
        let format = requestedFormat(arguments)
        let name = arguments.first { !$0.hasPrefix("-") } ?? ""
        do {
            var command = try parseAsRoot(arguments)
            guard let step = command as? any PipelineCommand else {
                // Help and the version, which are thrown as their texts.
                try command.run()
                return 0
            }
            try step.execute().print(as: step.resultFormat, command: name)
            return 0
        } catch is ClosedPipe {
            return 0
        } catch {
            return report(error, format: format, command: name)
        }
    }

    private static func report(_ error: any Error, format: ResultFormat, command: String) -> Int32 {
        if error is any Failure || error is Interruption {
            let report = FailureReport(error)
            report.print(as: format, command: command)
            return report.exitCode
        }
        if exitCode(for: error) == .success {
            try? StandardOutput.write(line: fullMessage(for: error))
            return 0
        }
        // The parser's own message says what is wrong, suggests a spelling, and shows the usage.
        let isUsage = exitCode(for: error) == .validationFailure
        let text = fullMessage(for: error).trimmingPrefix("Error: ")
        let report = isUsage ? FailureReport(usage: String(text)) : FailureReport(error)
        report.print(as: format, command: command)
        return report.exitCode
    }

    /// The value of `--format`, looked for before parsing so that a failure to parse is reported in that format too.
    private static func requestedFormat(_ arguments: [String]) -> ResultFormat {
        if arguments.contains("--format=json") { return .json }
        guard let index = arguments.firstIndex(of: "--format"), index + 1 < arguments.count else { return .text }
        return ResultFormat(rawValue: arguments[index + 1]) ?? .text
    }
}
