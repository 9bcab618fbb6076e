import ArgumentParser
import Builders
import Events
import Pipeline
import Platform
import Publishing

/// `status`
struct StatusCommand: PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Tells how fresh what is served is, and how the last runs ended.",
        usage:
            "recsys-pipelines status [--tenant T] [--surface S] [--max-days-behind N] [--max-age-hours N] [<options>]",
        discussion: """
            recsys-pipelines status --max-days-behind 1

            With a limit the exit code is 4 if an owner is beyond it, for who sends alerts. What is served is looked \
            at, not read: verify does that.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions

    @Option(name: .long, help: "Only this tenant.", transform: Parsing.name)
    var tenant: PathSegment?

    @Option(name: .long, help: "Only this surface.", transform: Parsing.name)
    var surface: PathSegment?

    @Option(name: .long, help: "Only this segment.", transform: Parsing.name)
    var segment: PathSegment?

    @Option(
        name: .customLong("max-days-behind"),
        help: "How many complete UTC days may be missing at the end of what is current.")
    var greatestDaysBehind: Int?

    @Option(name: .customLong("max-age-hours"), help: "How long ago what is current may have become so.")
    var greatestAgeInHours: Int?

    func validate() throws {
        if let greatestDaysBehind, greatestDaysBehind < 0 {
            throw ValidationError("--max-days-behind: must be at least 0")
        }
        if let greatestAgeInHours, greatestAgeInHours < 0 {
            throw ValidationError("--max-age-hours: must be at least 0")
        }
    }

    func execute() throws -> CommandResult {
        let pipeline = try common.pipeline()
        let owners = try pipeline.status { owner in
            tenant.map { $0 == owner.tenant } ?? true && surface.map { $0 == owner.surface } ?? true
                && segment.map { $0 == owner.segment } ?? true
        }
        guard !owners.isEmpty else {
            throw PublishingError.notFound(
                what: "\(pipeline.layout.registry.root): nothing that is asked for was ever published",
                remedy: "check the spelling of tenant, surface, segment and --out-dir, or publish something first")
        }
        let report = StatusReport(
            owners, now: .now, greatestDaysBehind: greatestDaysBehind,
            greatestAgeInSeconds: greatestAgeInHours.map { $0 * 3600 })
        return try report.result()
    }
}
