import ArgumentParser
import Events
import Ingest
import Pipeline

/// `ingest`
struct IngestCommand: PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract: "Turns JSON Lines into one partition per tenant, surface and UTC day.",
        usage: "recsys-pipelines ingest PATH... [--start DAY --end DAY] [<options>]",
        discussion: """
            recsys-pipelines ingest Fixtures/demo/exposure.jsonl
            recsys-dump rows 2026-01-01.rspart | recsys-pipelines ingest -

            With a window the input is the whole truth of its days (replace); without one it is added to what is there \
            (merge), and feeding the same file twice changes nothing.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions

    @Argument(help: "Files, folders or patterns of JSON Lines, or - for standard input.")
    var paths: [String]

    @Option(name: .long, help: "Take only events of this tenant.", transform: Parsing.name)
    var tenant: PathSegment?

    @Option(name: .long, help: "Take only events of this surface.", transform: Parsing.name)
    var surface: PathSegment?

    @Option(name: .long, help: "The first UTC day, YYYY-MM-DD.", transform: Parsing.day)
    var start: Day?

    @Option(name: .long, help: "The last UTC day, included.", transform: Parsing.day)
    var end: Day?

    @Option(name: .long, help: "replace, or merge. (default: replace with a window, merge without)")
    var mode: IngestMode?

    @Flag(name: .customLong("dry-run"), help: "Read the input and change nothing.")
    var isDryRun = false

    func validate() throws {
        guard (start == nil) == (end == nil) else { throw ValidationError("--start and --end go together") }
        if let start, let end { _ = try Parsing.window(start, end) }
        if mode == .replace, start == nil {
            throw ValidationError("--mode replace needs a window: give --start and --end")
        }
    }

    func execute() throws -> CommandResult {
        let window = start.flatMap { start in end.flatMap { Window(start: start, end: $0) } }
        let report = try common.pipeline().ingest(
            InputSource.resolve(paths), scope: IngestScope(tenant: tenant, surface: surface, window: window),
            mode: mode ?? (window == nil ? .merge : .replace), isDryRun: isDryRun)
        return CommandResult(report, isDryRun: isDryRun)
    }
}

extension IngestMode: ExpressibleByArgument {}
