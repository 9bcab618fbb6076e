import ArgumentParser
import Events
import Ingest
import Logging
import Pipeline
import Platform
import Publishing
import SystemPackage

/// `run`
struct RunCommand: PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "The whole job, day by day: ingest, validate, compute, publish.",
        usage: """
            recsys-pipelines run --tenant T --surface S (--start DAY --end DAY | --incremental) [--input PATH...] \
            [<options>]
            """,
        discussion: """
            recsys-pipelines run --tenant demo --surface home \\
              --start 2026-01-01 --end 2026-01-07 \\
              --input Fixtures/demo/exposure.jsonl

            The input is the whole truth of the days from --start to --end: their partitions are replaced. For each \
            day the artifacts of the --window-days that end on it become current. A day whose window has no events \
            is passed over; one that a gate refuses ends the run.

            With --incremental the days are those after the last one that was run, up to yesterday; the first time \
            they begin on --start. Where the source folder has a file a day, they end before the first day without; \
            else they end with the last event.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var owner: OwnerOptions

    @Option(name: .long, help: "The first UTC day, YYYY-MM-DD.", transform: Parsing.day)
    var start: Day?

    @Option(
        name: .long, help: "The last UTC day, included. (default with --incremental: yesterday)",
        transform: Parsing.day)
    var end: Day?

    @Flag(name: .customLong("incremental"), help: "Run the days after the last one that was run.")
    var isIncremental = false

    @Option(
        name: .customLong("input"), parsing: .upToNextOption,
        help: "Files, folders or patterns of JSON Lines, or - for standard input.")
    var inputPaths: [String] = []

    @Option(name: .customLong("window-days"), help: "How many days, that day the last, an artifact covers.")
    var windowDayCount = 1

    @Flag(
        name: .customLong("skip-existing"),
        help: "Do not compute what was published before from the same partitions with the same parameters.")
    var reusesExisting = false

    @OptionGroup var gates: GateOptions

    @OptionGroup var signals: SignalOptions

    @Flag(name: .customLong("dry-run"), help: "Read the input and change nothing.")
    var isDryRun = false

    func validate() throws {
        guard (1...Day.count).contains(windowDayCount) else {
            throw ValidationError("--window-days: must be from 1 to \(Day.count)")
        }
        if let start, let end {
            _ = try Parsing.window(start, end)
        } else if !isIncremental {
            throw ValidationError("give --start and --end, or --incremental")
        }
    }

    func execute() throws -> CommandResult {
        var pipeline = try common.pipeline()
        pipeline.overrides = gates.reasons
        let summary = RunSummary()
        let outcome = Result { [pipeline] in
            try pipeline.noting("run", of: owner.owner, isDryRun: isDryRun) { try execute(pipeline, summary) }
        }
        if isDryRun { return try outcome.get() }
        var error: (any Error)?
        if case .failure(let failure) = outcome { error = failure }
        return try signals.writing(RunEnding(of: pipeline, owner.owner, summary, error: error), outcome)
    }

    private func execute(_ pipeline: Pipeline, _ summary: RunSummary) throws -> CommandResult {
        if !isIncremental, let start, let end { return try run(pipeline, Parsing.window(start, end), summary) }
        guard let last = end ?? Timestamp.now.day.advanced(by: -1) else { preconditionFailure("it is after 0001") }
        switch try pipeline.pendingDays(of: owner.owner, from: start, through: last) {
        case .none(let day): return CommandResult(upToDateAt: day, run: pipeline.run)
        case .days(let window): return try run(pipeline, window, summary)
        }
    }

    private func run(_ pipeline: Pipeline, _ window: Window, _ summary: RunSummary) throws -> CommandResult {
        let input = try input(for: window, pipeline)
        summary.window = input.window
        let run = DailyRun(
            pipeline, owner.owner, days: input.window, windowDayCount: windowDayCount,
            endsWithInput: input.isOpenEnded, reusesExisting: reusesExisting,
            reportIngest: { summary.ingested = $0 }
        ) { day in
            summary.add(day)
            for gate in day.gates { gate.log(to: pipeline.logger) }
            day.log(to: pipeline.logger)
        }
        let ingested = try run.execute(input.sources, coveringOnly: input.days, isDryRun: isDryRun)
        let result = CommandResult(
            ingested, summary, isDryRun: isDryRun, run: pipeline.run, phases: pipeline.phases.seconds,
            manifest: pipeline.layout.registry.manifestPath(owner.owner).string)
        let earlyEnd = input.isOpenEnded ? ingested.lastDay.flatMap { $0 < window.end ? $0 : nil } : nil
        guard let gap = input.gap ?? earlyEnd.map({ .inputEndsEarly($0) }) else { return result }
        throw IncompleteResult(result: result, kind: gap.kind, message: gap.message, remedy: gap.remedy)
    }

    /// What is to be read: what `--input` names, or else what waits in the source folder.
    private func input(for window: Window, _ pipeline: Pipeline) throws -> RunInput {
        if !inputPaths.isEmpty {
            return RunInput(try InputSource.resolve(inputPaths), window, isOpenEnded: isIncremental)
        }
        let (surfaceKey, source) = (owner.owner.surfaceKey, pipeline.layout.rawEvents)
        if isIncremental { return try RawSource.inputBeforeGap(in: source, surfaceKey, window) }
        let input = try RawSource.input(in: source, surfaceKey, window)
        if let days = input.days, days.count < window.dayCount {
            pipeline.logger.notice(
                "\(window.dayCount - days.count) days have no file; their partitions stay as they are")
        }
        return input
    }
}
