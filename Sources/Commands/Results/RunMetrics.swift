import Artifacts
import Builders
import Events
import Ingest
import Pipeline
import Platform
import Publishing
import SystemPackage

/// What monitoring is to know of a run, for the textfile collector of Prometheus's node exporter.
struct RunMetrics {
    private let ending: RunEnding

    init(_ ending: RunEnding) {
        self.ending = ending
    }

    private typealias Sample = PrometheusText.Sample

    /// The file: replaced in one step, for it may be read at any time.
    func write(to path: FilePath) throws(StorageError) {
        let bytes = Array(text.utf8)
        try AtomicFile.write(bytes.rawSpan, to: path)
    }

    var text: String {
        var text = PrometheusText(commonLabels: [
            ("tenant", ending.owner.tenant.text), ("surface", ending.owner.surface.text),
            ("segment", ending.owner.segment?.text ?? ""),
        ])
        addOutcome(to: &text)
        if let ingested = ending.summary.ingested { addIngest(ingested, to: &text) }
        addDays(to: &text)
        addGates(to: &text)
        addFreshness(to: &text)
        return text.text
    }

    private func addOutcome(to text: inout PrometheusText) {
        text.gauge(
            "recsys_run_info", "Which run the last one was, always 1.",
            [Sample(1, ("run_id", ending.run.description), ("version", RecsysPipelines.version))])
        text.gauge("recsys_run_exit_code", "How the last run ended, 0 is well.", [Sample(Double(ending.exitCode))])
        text.gauge(
            "recsys_run_end_timestamp_seconds", "When the last run ended.",
            [Sample(Double(endedAt.secondsSinceEpoch))])
        text.gauge(
            "recsys_run_last_success_timestamp_seconds", "When a run ended well the last time.",
            lastSuccess.map { [Sample(Double($0.secondsSinceEpoch))] } ?? [])
        text.gauge(
            "recsys_run_duration_seconds", "How long the parts of the last run took.",
            ending.phases.sorted { $0.key < $1.key }.map { Sample($1, ("phase", $0.rawValue)) })
        text.gauge(
            "recsys_run_peak_memory_bytes", "The most memory that the last run had.",
            [Sample(Double(ProcessMemory.peakByteCount))])
    }

    /// When the run ended: as its note says, for both are looked at together.
    private var endedAt: Timestamp {
        guard let note = ending.status?.lastRun, note.runIdentifier == ending.run.description else {
            return ending.endedAt
        }
        return RunMetrics.timestamp(note.endedAt) ?? ending.endedAt
    }

    private var lastSuccess: Timestamp? {
        ending.exitCode == 0 ? endedAt : ending.status?.lastRun?.lastSuccessAt.flatMap(RunMetrics.timestamp)
    }

    private static func timestamp(_ text: String) -> Timestamp? {
        let bytes = Array(text.utf8)
        return try? Timestamp(rfc3339: bytes.span)
    }

    private func addIngest(_ report: IngestReport, to text: inout PrometheusText) {
        let counts = [
            ("recsys_ingest_lines", "Lines that were read.", report.lineCount),
            ("recsys_ingest_bytes", "Bytes that were read.", report.inputByteCount),
            ("recsys_ingest_events", "Events of the days of the run.", report.eventCount),
            (
                "recsys_ingest_out_of_window_events", "Events of other days, which were skipped.",
                report.outOfWindowCount
            ),
            ("recsys_ingest_partitions", "Partitions that the input has events of.", report.partitions.count),
            ("recsys_ingest_partition_bytes", "Bytes of these partitions.", report.partitionByteCount),
        ]
        for (name, help, count) in counts { text.gauge(name, help, [Sample(Double(count))]) }
        text.gauge(
            "recsys_ingest_rejects", "Records that were set aside, by what is wrong with them.",
            report.rejectCounts.map { Sample(Double($0.count), ("reason", $0.summary)) })
    }

    private func addDays(to text: inout PrometheusText) {
        let days = ending.summary.days
        let outcomes = ["published", "unchanged", "stored", "no_events"]
        text.gauge(
            "recsys_run_days", "Days of the last run, by what became of them.",
            outcomes.map { name in Sample(Double(days.count { $0.outcomeName == name }), ("outcome", name)) })
        guard let last = days.last(where: { !$0.artifacts.isEmpty }) else { return }
        let measures: [(String, String, (ComputedArtifact) -> Int)] = [
            ("recsys_artifact_bytes", "Size of the artifact of the last day.", { $0.file.byteCount }),
            ("recsys_artifact_rows", "Items or users that it has a list for.", { $0.rowCount }),
            ("recsys_artifact_entries", "Entries of all its lists.", { $0.entryCount }),
        ]
        for (name, help, measure) in measures {
            text.gauge(
                name, help, last.artifacts.map { Sample(Double(measure($0)), ("kind", $0.file.key.kind.rawValue)) })
        }
    }

    /// A day that is refused is the last one, and only what refused it is known of it.
    private func addGates(to text: inout PrometheusText) {
        let gates = ending.refused.isEmpty ? ending.summary.days.last?.gates ?? [] : ending.refused
        text.gauge(
            "recsys_gate_value", "What gates measured of the last day.",
            gates.map { Sample($0.value, ("gate", $0.gate.rawValue), ("kind", $0.kind?.rawValue ?? "")) })
        text.gauge(
            "recsys_gate_passed", "1 if the last day passed the gate, else 0.",
            gates.map {
                Sample($0.outcome == .passed ? 1 : 0, ("gate", $0.gate.rawValue), ("kind", $0.kind?.rawValue ?? ""))
            })
    }

    private func addFreshness(to text: inout PrometheusText) {
        text.gauge(
            "recsys_current_end_timestamp_seconds", "The end of the last day that all current artifacts cover.",
            ending.status?.lastDay.map { [Sample(Double((Int($0.daysSinceEpoch) + 1) * 86_400))] } ?? [])
        text.gauge(
            "recsys_current_since_timestamp_seconds", "Since when the manifest is the one that it is.",
            ending.status?.updatedAt.map { [Sample(Double($0.secondsSinceEpoch))] } ?? [])
    }
}
