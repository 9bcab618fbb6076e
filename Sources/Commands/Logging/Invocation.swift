import Events
import Logging
import Platform

/// One use of a program: what it is asked to do, and the name that everything it leaves behind has for it.
struct Invocation: Sendable {
    /// The subcommand.
    let command: String
    let run: RunIdentifier

    /// The one that is going on. Where none was begun, as in a test of a part, it is a nameless one.
    @TaskLocal static var current = Invocation(command: "", run: RunIdentifier())

    init(command: String, run: RunIdentifier = RunIdentifier()) {
        self.command = command
        self.run = run
    }

    /// Where messages of this invocation go.
    ///
    /// - Parameter environment: `NO_COLOR`, if it is not empty, asks for no color (no-color.org).
    func logger(_ format: LogFormat, level: Logger.Level, environment: [String: String]) -> Logger {
        let isColored = StatusLine.isPossible(environment) && (environment["NO_COLOR"] ?? "").isEmpty
        return Logger(label: "recsys-pipelines") { _ in
            LineLogHandler(format, level: level, self, isColored: isColored)
        }
    }
}
