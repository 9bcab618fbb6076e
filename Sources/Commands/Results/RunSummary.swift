import Artifacts
import Builders
import Events
import Ingest
import Logging
import Pipeline
import Platform
import Publishing
import Synchronization

/// What a run has published so far.
final class RunSummary: Sendable {
    private struct State {
        var window: Window?
        var ingested: IngestReport?
        var days: [DailyRun.DayReport] = []
    }

    private let state = Mutex(State())

    /// The days that the run is about; nil until they are known.
    var window: Window? {
        get { state.withLock { $0.window } }
        set { state.withLock { $0.window = newValue } }
    }

    /// What was ingested; nil until it was.
    var ingested: IngestReport? {
        get { state.withLock { $0.ingested } }
        set { state.withLock { $0.ingested = newValue } }
    }

    /// One report a day, in order.
    var days: [DailyRun.DayReport] { state.withLock { $0.days } }

    func add(_ report: DailyRun.DayReport) {
        state.withLock { $0.days.append(report) }
    }
}

extension DailyRun.DayReport {
    /// What became of the day, in a word for programs.
    var outcomeName: String {
        artifacts.isEmpty ? "no_events" : isNew ? "published" : isCurrent ? "unchanged" : "stored"
    }

    /// Tells somebody who watches what became of the day.
    func log(to logger: Logger) {
        var members: Logger.Metadata = ["day": "\(day)", "outcome": "\(outcomeName)"]
        guard !artifacts.isEmpty else {
            return logger.info("\(day)  no events, nothing published", metadata: members)
        }
        let versions = artifacts.map { ($0.file.key.kind.rawValue, $0.file.version.hexadecimal) }
        members["versions"] = .dictionary(Dictionary(uniqueKeysWithValues: versions.map { ($0, .string($1)) }))
        let kinds = versions.map { "\($0) \($1.prefix(12))" }.joined(separator: ", ")
        let outcome = isNew || isCurrent ? outcomeName : "stored, a later day is current"
        members["reused"] = .stringConvertible(reusedCount)
        let reused = reusedCount == 0 ? "" : "  (\(reusedCount) of \(artifacts.count) not computed again)"
        logger.info("\(day)  \(outcome)  \(kinds)\(reused)", metadata: members)
    }
}
