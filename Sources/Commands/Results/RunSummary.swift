import Artifacts
import Builders
import Events
import Ingest
import Pipeline
import Platform
import Publishing
import Synchronization

/// What a run has published so far.
final class RunSummary: Sendable {
    private let reports = Mutex<[DailyRun.DayReport]>([])
    private let ingest = Mutex<IngestReport?>(nil)

    /// What was ingested; nil until it was.
    var ingested: IngestReport? {
        get { ingest.withLock { $0 } }
        set { ingest.withLock { $0 = newValue } }
    }

    func add(_ report: DailyRun.DayReport) {
        reports.withLock { $0.append(report) }
    }

    /// One report a day, in order.
    var days: [DailyRun.DayReport] { reports.withLock { $0 } }

    /// What became of a day, for somebody who watches.
    static func line(_ report: DailyRun.DayReport) -> String {
        if report.artifacts.isEmpty { return "\(report.day)  no events, nothing published" }
        let kinds = report.artifacts.map { "\($0.file.key.kind.rawValue) \($0.file.version.hexadecimal.prefix(12))" }
        let outcome = report.isNew ? "published" : report.isCurrent ? "unchanged" : "stored, a later day is current"
        return "\(report.day)  \(outcome)  \(kinds.joined(separator: ", "))"
    }
}

extension CommandResult {
    /// The result of an incremental run that has nothing to do.
    init(upToDateAt day: Day, run: RunIdentifier) {
        self.init(["up to date: the last day that was run is \(day)"]) { json in
            json.member("run_id", run.description)
            json.key("days")
            json.array { _ in }
            json.member("last_day", day.description)
        }
    }

    /// The result of a whole run.
    init(_ ingested: IngestReport, _ summary: RunSummary, isDryRun: Bool, run: RunIdentifier, manifest: String) {
        let days = summary.days
        let publishedCount = days.count { !$0.artifacts.isEmpty }
        let ingest = CommandResult(ingested, isDryRun: isDryRun)
        let warnedCount = days.flatMap(\.gates).count { $0.outcome == .warned }
        let warnings = warnedCount == 0 ? [] : ["gates: \(warnedCount.counted("warning")), see above or the records"]
        let closing =
            isDryRun
            ? ["would compute and publish each day that has events"]
            : warnings + [
                publishedCount == days.count
                    ? "published \(days.count.counted("day"))"
                    : "published \(publishedCount.grouped) of \(days.count.counted("day")), the others have no events",
                "current: \(manifest)",
            ]
        self.init(ingest.lines + closing) { json in
            json.member("run_id", run.description)
            json.key("ingest")
            json.object { ingest.members(&$0) }
            json.key("days")
            json.array { json in
                for day in days {
                    json.object { json in
                        json.member("day", day.day.description)
                        json.key("published")
                        json.boolean(day.isNew)
                        json.key("current")
                        json.boolean(day.isCurrent)
                        json.member("reused", day.reusedCount)
                        json.member(gates: day.gates)
                        json.key("artifacts")
                        json.array { json in
                            for artifact in day.artifacts { json.object { $0.members(of: artifact) } }
                        }
                    }
                }
            }
            json.member("manifest", manifest)
        }
    }
}
