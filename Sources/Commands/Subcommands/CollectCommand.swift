import ArgumentParser
import Events
import Pipeline
import Platform
import Publishing
import SystemPackage

/// `gc`
struct CollectCommand: PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "gc",
        abstract: "Takes out of the store what nothing refers to any more.",
        usage: "recsys-pipelines gc [--apply] [--grace-days N] [--keep-versions N] [--keep-days N] [<options>]",
        discussion: """
            recsys-pipelines gc --keep-versions 30 --keep-days 400
            recsys-pipelines gc --keep-versions 30 --keep-days 400 --apply

            Without --apply it only tells what would go. What is current, pinned, or younger than the grace period \
            stays, and so does what the last --keep-versions manifests name. What goes is moved to .quarantine \
            folders, and deleted by a later gc once it has been there for the grace period.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions

    @Option(name: .long, help: "Only this tenant.", transform: Parsing.name)
    var tenant: PathSegment?

    @Option(name: .long, help: "Only this surface.", transform: Parsing.name)
    var surface: PathSegment?

    @Option(name: .customLong("grace-days"), help: "What is younger stays.")
    var graceDayCount = 7

    @Option(name: .customLong("keep-versions"), help: "How many earlier manifests can be rolled back to.")
    var keptVersionCount = 30

    @Option(
        name: .customLong("keep-days"),
        help: "Of how many days up to today partitions are kept. (default: all)")
    var keptDayCount: Int?

    @Flag(name: .long, help: "Do it.")
    var apply = false

    func validate() throws {
        if graceDayCount < 0 { throw ValidationError("--grace-days: must be at least 0") }
        if keptVersionCount < 0 { throw ValidationError("--keep-versions: must be at least 0") }
        if let keptDayCount, keptDayCount < 1 { throw ValidationError("--keep-days: must be at least 1") }
    }

    func execute() throws -> CommandResult {
        let policy = CollectionPolicy(graceDayCount: graceDayCount, keptVersionCount: keptVersionCount)
        let collection = StoreCollection(try common.pipeline(), policy, keptDayCount: keptDayCount, now: .now)
        var report = CollectionReport(isDryRun: !apply)
        report.deleted = try collection.collectAll(isDryRun: !apply, of: isWanted) { _, outcome in
            try report.add(outcome)
        }
        return try report.result()
    }

    private func isWanted(_ key: SurfaceKey) -> Bool {
        tenant.map { $0 == key.tenant } ?? true && surface.map { $0 == key.surface } ?? true
    }
}
