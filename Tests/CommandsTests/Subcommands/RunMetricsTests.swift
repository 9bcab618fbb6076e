import Foundation
import SystemPackage
import TestSupport
import Testing

/// `run --metrics-file` writes what monitoring is to know, however the run ends.
@Suite struct RunMetricsTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
    }

    private static let run = "run \(demo) --input exposure.jsonl --metrics-file run.prom --quiet"

    /// The samples of the file: name and labels, and the value.
    private func samples() throws -> [String: Double] {
        let text = String(decoding: try demoFolder.folder.read("run.prom"), as: UTF8.self)
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        return Dictionary(
            uniqueKeysWithValues: try lines.map { line in
                let match = try #require(line.wholeMatch(of: #/([a-z_]+)\{([^}]*)\} (-?[0-9.e+-]+)/#), "\(line)")
                let labels = match.2.replacing("tenant=\"demo\",surface=\"home\",segment=\"\"", with: "")
                return ("\(match.1){\(labels.drop { $0 == "," })}", try #require(Double(match.3)))
            })
    }

    @Test func whatARunDid() throws {
        try demoFolder.succeed("\(RunMetricsTests.run) --start 2026-01-01 --end 2026-01-03")
        let samples = try samples()
        #expect(samples["recsys_run_exit_code{}"] == 0)
        #expect(samples["recsys_run_last_success_timestamp_seconds{}"] == samples["recsys_run_end_timestamp_seconds{}"])
        #expect(samples["recsys_run_days{outcome=\"published\"}"] == 3)
        #expect(samples["recsys_run_days{outcome=\"unchanged\"}"] == 0)
        #expect(samples["recsys_ingest_partitions{}"] == 3)
        #expect(samples["recsys_ingest_lines{}"] == 147)
        #expect(samples["recsys_gate_passed{gate=\"min_events\",kind=\"\"}"] == 1)
        #expect(samples["recsys_current_end_timestamp_seconds{}"] == 1_767_484_800)
        #expect((samples["recsys_run_peak_memory_bytes{}"] ?? 0) > 1e6)
        for kind in ["cooc", "implicit", "popularity", "session_seq"] {
            #expect((samples["recsys_artifact_rows{kind=\"\(kind)\"}"] ?? 0) > 0)
            #expect((samples["recsys_artifact_bytes{kind=\"\(kind)\"}"] ?? 0) > 100)
        }
        for phase in ["ingest", "compute", "publish"] {
            #expect((samples["recsys_run_duration_seconds{phase=\"\(phase)\"}"] ?? 0) > 0)
        }
    }

    /// A failure is told, and when it went well the last time is not forgotten, however often it fails.
    @Test func aRunThatFails() throws {
        try demoFolder.succeed("\(RunMetricsTests.run) --start 2026-01-01 --end 2026-01-02")
        let well = try samples()
        for _ in 1...2 {
            let result = try demoFolder.pipelines(
                "\(RunMetricsTests.run) --start 2026-01-03 --end 2026-01-03",
                environment: ["RECSYS_GATES_MIN_EVENTS": "fail 1000"])
            #expect(result.exitCode == 4)
        }
        let failed = try samples()
        #expect(failed["recsys_run_exit_code{}"] == 4)
        let success = "recsys_run_last_success_timestamp_seconds{}"
        #expect(failed[success] == well[success])
        #expect(failed[success] != nil)
        #expect(failed["recsys_current_end_timestamp_seconds{}"] == well["recsys_current_end_timestamp_seconds{}"])
        #expect(failed["recsys_ingest_partitions{}"] == 1)
        #expect(
            failed.filter { $0.key.hasPrefix("recsys_gate_passed") } == [
                "recsys_gate_passed{gate=\"min_events\",kind=\"\"}": 0
            ])
    }

    @Test func rejectsByReason() throws {
        let bad = #"{"v":1,"ts":"noon","tenant":"demo","surface":"home","session_id":"s","item_id":"i"}"# + "\n"
        let events = try demoFolder.folder.read("exposure.jsonl")
        _ = try demoFolder.folder.write(events + Array((bad + bad).utf8), as: "exposure.jsonl")
        let result = try demoFolder.pipelines(
            "\(RunMetricsTests.run) --start 2026-01-01 --end 2026-01-01",
            environment: ["RECSYS_ON_BAD_RECORD": "quarantine", "RECSYS_MAX_REJECT_RATIO": "0.5"])
        #expect(result.exitCode == 0)
        let rejects = try samples().filter { $0.key.hasPrefix("recsys_ingest_rejects") }
        #expect(rejects.values.map { $0 } == [2])
    }

    /// What was done stays done; that nobody will hear of it is an error.
    @Test func aFileThatCannotBeWritten() throws {
        try demoFolder.folder.write("", as: "file")
        let result = try demoFolder.pipelines(
            "run \(demo) --input exposure.jsonl --start 2026-01-01 --end 2026-01-01 --metrics-file file/run.prom")
        #expect(result.exitCode == 7)
        #expect(result.standardError.contains("error: the run has ended well, but file/"), "\(result.standardError)")
        #expect(result.text.contains("published 1 day"))
        #expect(try demoFolder.succeed("versions \(demo)").text.contains("current"))
    }

    /// Every metric is in the page, and the page has no other.
    @Test func thePageNamesEveryMetric() throws {
        try demoFolder.succeed("\(RunMetricsTests.run) --start 2026-01-01 --end 2026-01-03")
        var names = Set(try samples().keys.map { String($0.prefix { $0 != "{" }) })
        names.insert("recsys_ingest_rejects")
        let page = DemoFolder.packageRoot.appending(components: "docs", "reference", "metrics.md")
        let rows = try String(contentsOf: page, encoding: .utf8).split(separator: "\n").filter {
            $0.hasPrefix("| `rec")
        }
        let documented = rows.map { String($0.dropFirst(3).prefix { $0 != "`" }) }
        #expect(documented.sorted() == names.sorted())
    }
}
