import Builders
import Events
import Pipeline
import Platform

/// How fresh what owners serve is, against limits.
struct StatusReport {
    private let owners: [OwnerStatus]
    private let now: Timestamp
    private let greatestDaysBehind: Int?
    private let greatestAgeInSeconds: Int?

    init(_ owners: [OwnerStatus], now: Timestamp, greatestDaysBehind: Int?, greatestAgeInSeconds: Int?) {
        self.owners = owners
        self.now = now
        self.greatestDaysBehind = greatestDaysBehind
        self.greatestAgeInSeconds = greatestAgeInSeconds
    }

    /// - Throws: `IncompleteResult` if what is current cannot be served, or is beyond a limit.
    func result() throws -> CommandResult {
        let result = CommandResult(lines) { json in members(&json) }
        let problems = owners.flatMap(\.problems)
        if let problem = problems.first {
            throw IncompleteResult(
                result: result, kind: problems.allSatisfy { $0.kind == .usage } ? .usage : .corruption,
                message: problems.map(\.message).joined(separator: "; "),
                remedy: problem.remedy)
        }
        let stale = owners.flatMap(staleness)
        guard stale.isEmpty else {
            throw IncompleteResult(
                result: result, kind: .refused, message: stale.joined(separator: "; "),
                remedy: "see how the last run ended, above; then run the days that are missing")
        }
        return result
    }

    /// What is beyond a limit, in words.
    private func staleness(of status: OwnerStatus) -> [String] {
        var lines: [String] = []
        if let limit = greatestDaysBehind, let count = status.daysBehind(at: now), count > limit {
            lines.append("\(status.owner): \(count.counted("day")) behind, --max-days-behind allows \(limit)")
        }
        if let limit = greatestAgeInSeconds, let age = status.ageInSeconds(at: now), age > limit {
            let hours = "\(age / 3600) hours"
            lines.append("\(status.owner): current for \(hours), --max-age-hours allows \(limit / 3600)")
        }
        return lines
    }

    private var lines: [String] {
        let heading = ["OWNER", "CURRENT SINCE", "LAST DAY", "DAYS BEHIND", "LAST RUN", "LAST FAILURE"]
        let rows = owners.map { status in
            [
                "\(status.owner)", status.updatedAt?.description ?? "-", status.lastDay?.description ?? "-",
                status.daysBehind(at: now).map { $0.grouped } ?? "-", status.lastRun.map(StatusReport.text) ?? "-",
                status.lastFailure.map(StatusReport.text) ?? "-",
            ]
        }
        let failures = owners.compactMap { status in
            status.lastRun?.problem.map { "\(status.owner): the last run failed: \($0.message)" }
        }
        return Table.lines([heading] + rows) + failures
    }

    private static func text(_ note: RunNote) -> String {
        "\(note.endedAt) \(note.problem?.kind ?? "ok")"
    }

    private func members(_ json: inout JSONWriter) {
        json.key("owners")
        json.array { json in for status in owners { json.object { members(of: status, &$0) } } }
    }

    private func members(of status: OwnerStatus, _ json: inout JSONWriter) {
        json.member("tenant", status.owner.tenant.text)
        json.member("surface", status.owner.surface.text)
        if let segment = status.owner.segment { json.member("segment", segment.text) }
        if let updatedAt = status.updatedAt { json.member("updated_at", updatedAt.description) }
        if let age = status.ageInSeconds(at: now) { json.member("age_seconds", age) }
        if let day = status.lastDay { json.member("last_day", day.description) }
        if let count = status.daysBehind(at: now) { json.member("days_behind", count) }
        json.key("current")
        json.array { json in
            for current in status.current {
                json.object { json in
                    json.member("artifact_type", current.kind.rawValue)
                    json.member("version", current.version)
                    json.member("first_day", current.window.start.description)
                    json.member("last_day", current.window.end.description)
                }
            }
        }
        json.key("problems")
        json.array { json in for problem in status.problems { json.string(problem.message) } }
        for (name, note) in [("last_run", status.lastRun), ("last_failure", status.lastFailure)] {
            guard let note else { continue }
            json.key(text: name)
            json.object { json in
                json.member("command", note.command)
                json.member("run_id", note.runIdentifier)
                json.member("started_at", note.startedAt)
                json.member("ended_at", note.endedAt)
                json.member("status", note.problem == nil ? "ok" : "error")
                if let problem = note.problem {
                    json.member("kind", problem.kind)
                    json.member("message", problem.message)
                }
            }
        }
    }
}
