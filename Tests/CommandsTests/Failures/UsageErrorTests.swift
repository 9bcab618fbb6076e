import TestSupport
import Testing

/// A usage error says what is wrong, what was meant, and in one line how it is done; it is exit code 2.
@Suite struct UsageErrorTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
    }

    private static let commandLines = [
        "recsys-pipelines copute", "recsys-pipelines xyzzy", "recsys-pipelines --format json versions",
        "recsys-pipelines run --strat 2026-01-01", "recsys-pipelines run \(demo) --start=2026-01-01 --ned=2026-01-07",
        "recsys-pipelines run --tenant demo", "recsys-pipelines run --tenant",
        "recsys-pipelines compute populrity \(demo) \(demoWeek)", "recsys-pipelines compute x \(demo) \(demoWeek)",
        "recsys-pipelines compute \(demo) \(demoWeek)",
        "recsys-pipelines run --tenant ../x --surface home \(demoWeek)",
        "recsys-pipelines run --tenant '' --surface home \(demoWeek)",
        "recsys-pipelines run \(demo) --start 2026-02-30 --end 2026-03-01",
        "recsys-pipelines run \(demo) --start 2026-01-07 --end 2026-01-01",
        "recsys-pipelines run \(demo) \(demoWeek) --window-days 0",
        "recsys-pipelines run \(demo) \(demoWeek) --threads 0", "recsys-pipelines run \(demo) \(demoWeek) --threads x",
        "recsys-pipelines ingest", "recsys-pipelines ingest - --out-dir ''",
        "recsys-pipelines export cooc \(demo) --output ''", "recsys-pipelines ingest - --start 2026-01-01",
        "recsys-pipelines ingest - --end 2026-01-01 --format json", "recsys-pipelines ingest - --mode replace",
        "recsys-pipelines ingest - --mode mrege", "recsys-pipelines publish \(demo) \(demoWeek) now",
        "recsys-pipelines rollback \(demo) --steps 0", "recsys-pipelines rollback \(demo) --steps 1 --to abcd",
        "recsys-pipelines rollback \(demo) --to abc", "recsys-pipelines export popularity",
        "recsys-pipelines export --file x cooc", "recsys-pipelines export cooc \(demo) --format xml",
        "recsys-pipelines versions \(demo) --format xml", "recsys-pipelines diff \(demo)",
        "recsys-pipelines diff cook \(demo)", "recsys-pipelines diff cooc a b c \(demo)",
        "recsys-pipelines diff cooc \(demo) --top 0", "recsys-pipelines explain a \(demo)",
        "recsys-pipelines explain a a \(demo)",
    ]

    @Test func whatTheySay() throws {
        var transcript = Transcript(demoFolder)
        for line in UsageErrorTests.commandLines {
            let result = try transcript.run(line)
            #expect(result.exitCode == 2, "\(line)")
            let lines = result.standardError.split(separator: "\n")
            #expect(lines.count == 2, "\(result.standardError)")
            #expect(lines.first?.hasPrefix("error: ") == true)
            #expect(lines.last?.hasPrefix("  usage: recsys-pipelines ") == true)
            #expect(result.standardOutput.isEmpty == !line.contains("--format json"))
        }
        try Snapshot.expect(transcript.text, is: "usage-errors")
        #expect(demoFolder.content.fileNames.isEmpty)
    }

    @Test func aConfigurationThatCannotBeUsed() throws {
        let texts = [
            #"{"max_neighbors_per_item":5}"#, #"{"limits":{"max_neighbours_per_item":5}}"#, #"{"xyzzy":1}"#,
            #"{"limits":{"max_neighbors_per_item":0}}"#, #"{"limits":{"max_neighbors_per_item":"5"}}"#,
            #"{"artifact_kinds":["cook"]}"#, #"{"artifact_format":"xml"}"#, #"{"catalog":1}"#, #"{"limits":"#, "[1]",
        ]
        var transcript = Transcript(demoFolder)
        for (index, text) in texts.enumerated() {
            try demoFolder.write(text, as: "\(index).json")
            try transcript.run("recsys-pipelines versions \(demo) --config \(index).json")
        }
        try transcript.run("recsys-pipelines versions \(demo) --config 0.json --format json")
        try transcript.run("recsys-pipelines versions \(demo) --config .")
        try transcript.run("recsys-pipelines compute content_sim \(demo) \(demoWeek)")
        try Snapshot.expect(transcript.text, is: "configuration-errors")
        let result = try demoFolder.pipelines(
            "versions \(demo)", environment: ["RECSYS_LIMITS_MAX_ITEMS_PER_USER": "many"])
        #expect(result.exitCode == 2)
        #expect(result.standardError.hasPrefix("error: RECSYS_LIMITS_MAX_ITEMS_PER_USER: must be a whole number"))
    }
}
