import ArgumentParser
import Events
import Ingest
import Pipeline
import Platform
import Publishing
import SystemPackage

/// `run`
struct RunCommand: PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "The whole job, day by day: ingest, compute, publish.",
        usage: "recsys-pipelines run --tenant T --surface S --start DAY --end DAY [--input PATH...] [<options>]",
        discussion: """
            recsys-pipelines run --tenant demo --surface home \\
              --start 2026-01-01 --end 2026-01-07 \\
              --input Fixtures/demo/exposure.jsonl

            The input is the whole truth of the days from --start to --end: their partitions are replaced. For each \
            day the artifacts of the --window-days that end on it become current. A day whose window has no events \
            is passed over.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var owner: OwnerOptions
    @OptionGroup var days: WindowOptions

    @Option(
        name: .long, parsing: .upToNextOption,
        help: "Files, folders or patterns of JSON Lines, or - for standard input.")
    var input: [String] = []

    @Option(name: .customLong("window-days"), help: "How many days, that day the last, an artifact covers.")
    var windowDayCount = 1

    @Flag(name: .customLong("dry-run"), help: "Read the input and change nothing.")
    var isDryRun = false

    func validate() throws {
        guard (1...Day.count).contains(windowDayCount) else {
            throw ValidationError("--window-days: must be from 1 to \(Day.count)")
        }
    }

    func execute() throws -> CommandResult {
        let pipeline = try common.pipeline()
        return try pipeline.noting("run", of: owner.owner, isDryRun: isDryRun) { try execute(pipeline) }
    }

    private func execute(_ pipeline: Pipeline) throws -> CommandResult {
        let window = try days.window()
        let (inputs, coveredDays) =
            try input.isEmpty
            ? RawSource.inputs(in: pipeline.layout.rawEvents, owner.owner.surfaceKey, window)
            : (InputSource.resolve(input), nil)
        if let coveredDays, coveredDays.count < window.dayCount {
            common.note("\(window.dayCount - coveredDays.count) days have no file; their partitions stay as they are")
        }
        let published = RunSummary()
        let run = DailyRun(pipeline, owner.owner, days: window, windowDayCount: windowDayCount) { day in
            published.add(day)
            common.note(RunSummary.line(day))
        }
        let ingested = try run.execute(inputs, coveringOnly: coveredDays, isDryRun: isDryRun)
        return CommandResult(
            ingested, published, isDryRun: isDryRun, run: pipeline.run,
            manifest: pipeline.layout.registry.manifestPath(owner.owner).string)
    }
}
