import ArgumentParser
import Pipeline
import Platform
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
    /// - Throws: `IncompleteResult` if a file cannot be written, unless the run failed: then why it did is the news.
    func writing(_ ending: RunEnding, _ outcome: Result<CommandResult, any Error>) throws -> CommandResult {
        let metrics = failure(ofWriting: metricsFile) { path throws(StorageError) in
            try RunMetrics(ending).write(to: path)
        }
        let lineage = failure(ofWriting: lineageFile) { path throws(StorageError) in
            try RunLineage(ending).write(to: path)
        }
        let result = try outcome.get()
        guard let failure = metrics ?? lineage else { return result }
        throw IncompleteResult(
            result: result, kind: .storage, message: "the run has ended well, but \(failure.message)",
            remedy: "correct the path, or make room; there is nothing to run again")
    }

    private func failure(
        ofWriting file: String?, _ write: (FilePath) throws(StorageError) -> Void,
    ) -> StorageError? {
        guard let file else { return nil }
        do {
            try write(FilePath(file))
            return nil
        } catch {
            return error
        }
    }
}
