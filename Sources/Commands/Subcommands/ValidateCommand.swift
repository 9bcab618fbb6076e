import ArgumentParser
import Pipeline
import Platform
import SystemPackage

/// `validate`
struct ValidateCommand: PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Holds the events of each day against the gates, and publishes nothing.",
        usage: "recsys-pipelines validate --tenant T --surface S --start DAY --end DAY [--junit FILE] [<options>]",
        discussion: """
            recsys-pipelines validate --tenant demo --surface home \\
              --start 2026-01-01 --end 2026-01-07

            Every partition is read whole, too. The exit code is 4 if a gate that is set to fail refuses a day. The \
            gates are those of the configuration; `run` and `publish` stop at them by themselves.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var surface: SurfaceOptions
    @OptionGroup var days: WindowOptions
    @OptionGroup var gates: GateOptions

    @Option(name: .long, help: "Write the results to this file, too, as JUnit XML.")
    var junit: String?

    func validate() throws {
        if junit == "" { throw ValidationError("--junit: must be a path") }
    }

    func execute() throws -> CommandResult {
        var pipeline = try common.pipeline()
        pipeline.overrides = gates.reasons
        let window = try days.window()
        let outcome = Result { [pipeline] in try pipeline.validate(surface.surfaceKey, window) }
        if let junit {
            var report = JUnitReport(surfaceKey: surface.surfaceKey, results: (try? outcome.get()) ?? [])
            if case .failure(let failure as any Failure) = outcome { report.problem = failure }
            let bytes = report.bytes
            try AtomicFile.write(bytes.rawSpan, to: FilePath(junit))
        }
        return try ValidationReport(outcome.get()).result()
    }
}
