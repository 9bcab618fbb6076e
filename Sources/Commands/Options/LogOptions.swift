import ArgumentParser
import FoundationEssentials
import Logging
import Platform

/// What is told on standard error, and how.
struct LogOptions: ParsableArguments {
    @Option(name: .customLong("log-level"), help: "Tell this and what is more severe: debug, info, warning or error.")
    var level = LogLevel.info

    @Option(name: .customLong("log-format"), help: "How it is told: text, or json with an object a line.")
    var format = LogFormat.text

    @Flag(name: .long, help: "Print nothing but results and errors.")
    var quiet = false

    /// Where messages go.
    var logger: Logger {
        Invocation.current.logger(
            format, level: quiet ? .error : level.level, environment: ProcessInfo.processInfo.environment)
    }

    /// Where it is told how far long work has come; nil if that is not wanted.
    var progressMeter: ProgressMeter? {
        let logger = logger
        guard logger.logLevel <= .info else { return nil }
        if format == .text, StatusLine.isPossible(ProcessInfo.processInfo.environment) {
            return ProgressMeter(.statusLine)
        }
        return ProgressMeter(.messages { logger.info("\($0)") })
    }
}
