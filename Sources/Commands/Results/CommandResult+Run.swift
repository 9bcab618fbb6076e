import Artifacts
import Builders
import Events
import Ingest
import Pipeline
import Platform
import Publishing

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
    init(
        _ ingested: IngestReport, _ summary: RunSummary, isDryRun: Bool, run: RunIdentifier,
        phases: [PhaseClock.Phase: Double], manifest: String,
    ) {
        let days = summary.days
        let ingest = CommandResult(ingested, isDryRun: isDryRun)
        let closing =
            isDryRun
            ? ["would compute and publish each day that has events"]
            : CommandResult.lines(summary) + ["current: \(manifest)", CommandResult.line(run, phases)]
        self.init(ingest.lines + closing) { json in
            json.member("run_id", run.description)
            json.key("ingest")
            json.object { ingest.members(&$0) }
            json.key("days")
            json.array { json in
                for day in days {
                    json.object { json in
                        json.member("day", day.day.description)
                        json.member("published", day.isNew)
                        json.member("current", day.isCurrent)
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
            json.key("seconds")
            json.object { json in
                for (phase, seconds) in phases.sorted(by: { $0.key < $1.key }) {
                    json.key(text: phase.rawValue)
                    json.number(seconds)
                }
            }
            json.member("peak_memory_bytes", ProcessMemory.peakByteCount)
        }
    }

    /// What became of the days, and what the last of them gave.
    private static func lines(_ summary: RunSummary) -> [String] {
        let days = summary.days
        let warned = days.flatMap(\.gates).filter { $0.outcome == .warned }
        let names = Set(warned.map(\.gate.rawValue)).sorted().joined(separator: ", ")
        let warnings = warned.isEmpty ? [] : ["\(warned.count.counted("warning")) of gates: \(names)"]
        let published = outcomes(days)
        guard let last = days.last(where: { !$0.artifacts.isEmpty }) else { return warnings + [published] }
        let rows = last.artifacts.map { artifact in
            [
                artifact.file.key.kind.rawValue, artifact.rowCount.grouped, artifact.entryCount.grouped,
                artifact.file.byteCount.grouped, String(artifact.file.version.hexadecimal.prefix(12)),
            ]
        }
        return warnings + ["\(published); the last, \(last.day):"]
            + Table.lines([["KIND", "ROWS", "ENTRIES", "BYTES", "VERSION"]] + rows)
    }

    /// How many days there are of each outcome: `published 3 days`, or `3 days: 1 published, 2 unchanged`.
    private static func outcomes(_ days: [DailyRun.DayReport]) -> String {
        if days.allSatisfy({ $0.outcomeName == "published" }) { return "published \(days.count.counted("day"))" }
        let words = [
            ("published", "published"), ("unchanged", "unchanged"), ("stored", "stored behind a later day"),
            ("no_events", "without events"),
        ]
        let counts = words.compactMap { name, words -> String? in
            let count = days.count { $0.outcomeName == name }
            return count == 0 ? nil : "\(count.grouped) \(words)"
        }
        return "\(days.count.counted("day")): \(counts.joined(separator: ", "))"
    }

    /// The name of a run, how long its parts took, and its memory: `run 20260101T000000Z-0123abcd: ingest 0.4 s, ...`.
    private static func line(_ run: RunIdentifier, _ phases: [PhaseClock.Phase: Double]) -> String {
        let parts = phases.sorted { $0.key < $1.key }.map { phase, seconds in
            "\(phase.rawValue) \(seconds.tenths) s"
        }
        let peak = Double(ProcessMemory.peakByteCount)
        return "run \(run): \((parts + ["memory \(ByteUnit(for: peak).text(peak))"]).joined(separator: ", "))"
    }
}
