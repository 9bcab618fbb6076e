package import ArgumentParser
package import Commands
import Events
import Generation
import Platform
import SystemPackage

/// Writes synthetic exposure events.
package struct RecsysGenerate: Subcommand {
    package static let configuration = CommandConfiguration(
        commandName: "recsys-generate",
        abstract: "Writes synthetic exposure events with natural skew as JSON Lines.",
        usage: "recsys-generate [--events N] [--days N] [--start DAY] [--output FILE] [<options>]",
        discussion: """
            recsys-generate --events 10k --days 7 --output exposure.jsonl
            recsys-generate --events 50M | recsys-pipelines ingest -
            recsys-generate --events 1M --late 0.01 --duplicates 0.005 --bad 0.001 --seed 2

            The same options give the same bytes, whatever the number of threads. Shares are from 0 to 1.
            """,
        version: "0.1.0")

    package var resultFormat: ResultFormat { .text }

    @Option(help: "How many lines in all; k, M and G are thousands. (default: 1M)", transform: Quantity.lines)
    var events = 1_000_000

    @Option(help: "How many days; each has an equal part of the lines.")
    var days = 28

    @Option(help: "The first UTC day, YYYY-MM-DD. (default: 2026-01-01)", transform: Parsing.day)
    var start: Day?

    @Option(help: "How many users there are. (default: 1M)", transform: Quantity.users)
    var users = 1_000_000

    @Option(help: "How many items there are on the last day. (default: 200k)", transform: Quantity.items)
    var items = 200_000

    @Option(help: "Whose events they are. (default: demo)", transform: Parsing.name)
    var tenant: PathSegment?

    @Option(help: "Where they were shown. (default: home)", transform: Parsing.name)
    var surface: PathSegment?

    @Option(help: "Another number gives other events.")
    var seed: UInt64 = 1

    @Option(help: "Share of sessions of people who are not signed in. (default: 0.2)", transform: Quantity.share)
    var anonymous: Share = 0.2

    @Option(
        help: "Share of sessions of bots, few users with very many events. (default: 0.01)", transform: Quantity.share)
    var bots: Share = 0.01

    @Option(
        help: "Share of slates that belong to one of the three days before. (default: 0)", transform: Quantity.share)
    var late: Share = 0.0

    @Option(help: "Share of lines that are the copy of an event. (default: 0)", transform: Quantity.share)
    var duplicates: Share = 0.0

    @Option(help: "Share of lines that break the contract of events. (default: 0)", transform: Quantity.share)
    var bad: Share = 0.0

    @Option(help: "What stands as request_id: uuid or none.")
    var requestIds = RequestIdentifiers.uuid

    @Option(help: "How fine the times are: milliseconds or seconds.")
    var times = TimePrecision.milliseconds

    @Option(name: .shortAndLong, help: "Write to this file, or - for standard output. (default: -)")
    var output: String?

    @Option(help: "How many threads to use. (default: one a processor)")
    var threads: Int?

    @Flag(help: "Do not tell at the end what was written.")
    var quiet = false

    package init() {}

    package func validate() throws {
        if output == "" { throw ValidationError("--output: must be a path") }
        if !Quantity.threads.contains(threads ?? 1) { throw ValidationError("--threads: must be from 1 to 1024") }
        if duplicates.value + bad.value > 1 {
            throw ValidationError("--duplicates and --bad: must not be more than all lines, 1 together")
        }
        _ = try window()
    }

    /// Writes the lines; there is no other result.
    package func execute() throws -> CommandResult {
        let generator = EventGenerator(try options(), threadCount: threads ?? Parallel.availableThreadCount)
        let begin = MonotonicClock.seconds
        let counts =
            if let output, output != "-" {
                try OutputFile.write(to: FilePath(output)) { write in
                    try generator.run { try write($0.rawSpan) }
                }
            } else {
                try generator.run { try StandardOutput.write($0) }
            }
        if !quiet { StandardOutput.note(GenerationNote.text(counts, seconds: MonotonicClock.seconds - begin)) }
        return CommandResult([]) { _ in }
    }

    private func options() throws -> GenerationOptions {
        var options = GenerationOptions(
            lineCount: events, window: try window(), tenant: try tenant ?? PathSegment("demo"),
            surface: try surface ?? PathSegment("home"))
        options.userCount = users
        options.itemCount = items
        options.seed = seed
        options.lateShare = late
        options.duplicateShare = duplicates
        options.badShare = bad
        options.botShare = bots
        options.anonymousShare = anonymous
        options.requestIdentifiers = requestIds
        options.timePrecision = times
        return options
    }

    private func window() throws -> Window {
        guard Quantity.days.contains(days) else {
            throw ValidationError("--days: must be from 1 to \(Quantity.days.upperBound)")
        }
        let start = try start ?? Parsing.day("2026-01-01")
        guard let end = start.advanced(by: days - 1), let window = Window(start: start, end: end) else {
            throw ValidationError("--days: \(days) days from \(start) end after 9999-12-31; start earlier")
        }
        return window
    }
}

extension RequestIdentifiers: ExpressibleByArgument {}
extension TimePrecision: ExpressibleByArgument {}
