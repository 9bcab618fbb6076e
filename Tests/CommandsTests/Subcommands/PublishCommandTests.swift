import TestSupport
import Testing

/// `compute` stages, `publish` makes current what is staged.
@Suite struct PublishCommandTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
        try demoFolder.succeed("ingest exposure.jsonl")
    }

    @Test func whatTheySay() throws {
        var transcript = Transcript(demoFolder)
        try transcript.run("recsys-pipelines publish \(demo) \(demoWeek)")
        try transcript.run("recsys-pipelines compute cooc popularity \(demo) \(demoWeek) --dry-run")
        try transcript.run("recsys-pipelines compute cooc popularity \(demo) \(demoWeek)")
        try transcript.run("recsys-pipelines publish \(demo) \(demoWeek) --dry-run")
        try transcript.run("recsys-pipelines publish \(demo) \(demoWeek)")
        try transcript.run("recsys-pipelines publish \(demo) \(demoWeek)")
        try transcript.run("recsys-pipelines compute implicit session_seq \(demo) \(demoWeek) --format json")
        try transcript.run("recsys-pipelines publish \(demo) \(demoWeek) --format json")
        try Snapshot.expect(transcript.text, is: "compute-publish")
    }

    @Test func aCatalogMakesContentSim() throws {
        let result = try demoFolder.pipelines(
            "compute content_sim \(demo) \(demoWeek)", environment: ["RECSYS_CATALOG": "catalog.csv"])
        #expect(result.exitCode == 0, "\(result.standardError)")
        try demoFolder.succeed("publish \(demo) \(demoWeek)")
        let exported = try demoFolder.succeed("export content_sim \(demo)")
        #expect(exported.text.contains("\"tags\": ["))
    }

    /// Whatever way it goes, the same events and parameters make the same artifacts.
    @Test func stepByStepIsTheSameAsRun() throws {
        let kinds = "cooc implicit popularity session_seq"
        try demoFolder.succeed("compute \(kinds) \(demo) --start 2026-01-02 --end 2026-01-04")
        try demoFolder.succeed("publish \(demo) --start 2026-01-02 --end 2026-01-04")
        let run = try DemoFolder()
        try run.succeed("ingest exposure.jsonl")
        try run.succeed("run \(demo) --start 2026-01-04 --end 2026-01-04 --window-days 3 --input exposure.jsonl")
        let changes = run.content.differences(from: demoFolder.content)
        #expect(changes.allSatisfy { !$0.hasPrefix("objectstore/") && !$0.hasPrefix("canonical/") }, "\(changes)")
    }
}
