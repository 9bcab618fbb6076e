package import ArgumentParser
import FoundationEssentials
import Logging
import Platform

/// A subcommand: options, and a few calls into the library.
package protocol Subcommand: ParsableCommand {
    /// How the result is printed.
    var resultFormat: ResultFormat { get }

    /// True if nothing is to be changed: the result then says what would be.
    var isDryRun: Bool { get }

    /// Does the work; what it returns is printed.
    func execute() throws -> CommandResult
}

extension Subcommand {
    package var isDryRun: Bool { false }
}

/// A program with subcommands: parses its arguments, runs one, and turns what went wrong into messages and exit codes.
package enum CommandLineProgram {
    /// Runs the subcommand of `root` that `arguments`, without the program's name, ask for.
    ///
    /// - Returns: The exit code.
    package static func run<Root: ParsableCommand>(_ root: Root.Type, arguments: [String]) -> Int32 {
        StandardOutput.ignoreBrokenPipes()
        File.ignoreSizeSignals()
        File.raiseOpenFileLimit()
        Cancellation.listen()
        let request = CommandRequest(arguments, of: root)
        return Invocation.$current.withValue(Invocation(command: request.name)) { run(root, arguments, request) }
    }

    private static func run<Root: ParsableCommand>(
        _ root: Root.Type, _ arguments: [String], _ request: CommandRequest,
    ) -> Int32 {
        do {
            var command = try root.parseAsRoot(arguments)
            guard let step = command as? any Subcommand else {
                // Help and the version, which are thrown as their texts.
                try command.run()
                return 0
            }
            try execute(step).print(as: step.resultFormat, command: request.name, isDryRun: step.isDryRun)
            return 0
        } catch is ClosedPipe {
            return 0
        } catch {
            guard let report = failure(error, of: root, request) else { return 0 }
            let environment = ProcessInfo.processInfo.environment
            let logger = Invocation.current.logger(request.logFormat, level: .error, environment: environment)
            report.print(as: request.format, command: request.name, to: logger)
            return report.exitCode
        }
    }

    /// Does the work, and clears away what showed how far it had come.
    private static func execute(_ step: any Subcommand) throws -> CommandResult {
        defer { StatusLine.end() }
        return try step.execute()
    }

    /// What to report; nil for what is no failure, such as help, which is printed here.
    private static func failure<Root: ParsableCommand>(
        _ error: any Error, of root: Root.Type, _ request: CommandRequest,
    ) -> FailureReport? {
        if error is any Failure || error is Interruption { return FailureReport(error) }
        if root.exitCode(for: error) == .success {
            try? StandardOutput.write(line: root.fullMessage(for: error))
            return nil
        }
        guard root.exitCode(for: error) == .validationFailure else { return FailureReport(error) }
        return FailureReport(
            usage: request.problem(parserMessage: root.message(for: error)), remedy: "usage: \(request.usage)")
    }
}
