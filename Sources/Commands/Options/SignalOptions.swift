import ArgumentParser
import Pipeline
import SystemPackage

/// What a run leaves for other systems to read, however it ends.
struct SignalOptions: ParsableArguments {
    @Option(
        name: .customLong("metrics-file"),
        help: "Write what monitoring is to know of the run to this file, in the text format of Prometheus.")
    var metricsFile: String?

    @Option(
        name: .customLong("lineage-file"),
        help: "Write what the run read and made to this file, as OpenLineage events, one a line.")
    var lineageFile: String?

    func validate() throws {
        if metricsFile == "" { throw ValidationError("--metrics-file: must be a path") }
        if lineageFile == "" { throw ValidationError("--lineage-file: must be a path") }
    }

    /// Writes the files that are asked for, and gives back or throws what the run did.
    ///
    /// - Throws: `StorageError` if a file cannot be written, unless the run failed: then why it did is the news.
    func writing(_ ending: RunEnding, _ outcome: Result<CommandResult, any Error>) throws -> CommandResult {
        let written = Result {
            if let metricsFile { try RunMetrics(ending).write(to: FilePath(metricsFile)) }
            if let lineageFile { try RunLineage(ending).write(to: FilePath(lineageFile)) }
        }
        let result = try outcome.get()
        try written.get()
        return result
    }
}
