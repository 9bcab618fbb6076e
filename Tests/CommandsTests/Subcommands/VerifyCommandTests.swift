import SystemPackage
import TestSupport
import Testing

/// `verify` says what it looked at, names every damaged file, and ends with the exit code of corruption.
@Suite struct VerifyCommandTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
        try demoFolder.publish()
    }

    @Test func whatItSays() throws {
        var transcript = Transcript(demoFolder)
        try transcript.run("recsys-pipelines verify")
        try demoFolder.damage("canonical/demo/home/exposures/2026-01-02.rspart")
        try demoFolder.damage("canonical/demo/home/exposures/2026-01-03.rspart", beforeEnd: 30)
        try demoFolder.damage("registry/history/demo/home/00000002.json", beforeEnd: 2)
        try transcript.run("recsys-pipelines verify --quick")
        try transcript.run("recsys-pipelines verify --deep .out/canonical .out/registry")
        try transcript.run("recsys-pipelines verify --format json .out/canonical/demo/home/exposures/2026-01-02.rspart")
        try transcript.run("recsys-pipelines verify .out/canonical/demo/home/exposures/2026-01-01.rspart")
        try transcript.run("recsys-pipelines verify exposure.jsonl")
        try transcript.run("recsys-pipelines verify --quick --deep")
        try transcript.run("recsys-pipelines verify --all .out")
        try transcript.run("recsys-pipelines verify --out-dir nothing")
        try Snapshot.expect(transcript.text, is: "verify")
    }

    @Test func itChangesNothing() throws {
        try demoFolder.damage("canonical/demo/home/exposures/2026-01-02.rspart")
        let before = demoFolder.content
        #expect(try demoFolder.pipelines("verify --deep").exitCode == 5)
        #expect(demoFolder.content.changes(since: before).isEmpty)
    }

    /// The same with and without memory maps.
    @Test func mapsMakeNoDifference() throws {
        let results = try ["", " --no-mmap"].map { flag in
            try demoFolder.succeed(
                "run \(demo) --start 2026-01-01 --end 2026-01-02 --input exposure.jsonl"
                    + " --out-dir other\(flag.count) --quiet\(flag)")
            try demoFolder.succeed("verify --deep --out-dir other\(flag.count)\(flag)")
            return FolderSnapshot(below: demoFolder.folder.path.appending("other\(flag.count)/objectstore").string)
        }
        #expect(results[0].differences(from: results[1]).isEmpty)
        #expect(!results[0].fileNames.isEmpty)
    }
}
