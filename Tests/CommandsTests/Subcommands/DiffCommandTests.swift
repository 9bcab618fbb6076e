import TestSupport
import Testing

/// `diff` compares published versions, by default the current one with the one before.
@Suite struct DiffCommandTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
    }

    private func versions(_ kind: String) throws -> [String] {
        let result = try demoFolder.succeed("versions \(demo) --kind \(kind) --format json")
        let versions = try #require(result.object?["versions"] as? [[String: Any]])
        return versions.compactMap { $0["version"] as? String }
    }

    @Test func whatItSays() throws {
        try demoFolder.publish()
        var transcript = Transcript(demoFolder)
        for kind in ["popularity", "cooc", "implicit", "session_seq"] {
            try transcript.run("recsys-pipelines diff \(kind) \(demo)")
        }
        try transcript.run("recsys-pipelines diff popularity \(demo) --top 3 --format json")
        try transcript.run("recsys-pipelines diff cooc \(demo) --format json")
        try transcript.run("recsys-pipelines diff content_sim \(demo)")
        try transcript.run("recsys-pipelines diff cooc 0 0000 \(demo)")
        try transcript.run("recsys-pipelines diff cooc \(demo) --top 0")
        try transcript.run("recsys-pipelines diff cooc --tenant dmeo --surface home --format json")
        try Snapshot.expect(transcript.text, is: "diff")
    }

    /// A changed catalog changes tags; a changed score makes scores that cannot be compared.
    @Test func otherKindsOfChanges() throws {
        let catalogs = ["item_id,tags\na,red|big\nb,red\nc,\"x\ty\"\n", "item_id,tags\na,red|big\nb,blue\nd,new\n"]
        for (index, catalog) in catalogs.enumerated() {
            try demoFolder.write(catalog, as: "other.csv")
            let score = ["cosine", "lift"][index]
            try demoFolder.write(#"{"catalog":"other.csv","cooc_score":"\#(score)"}"#, as: "settings.json")
            try demoFolder.succeed(
                "run \(demo) --start 2026-01-01 --end 2026-01-01 --input exposure.jsonl --quiet --config settings.json")
        }
        var transcript = Transcript(demoFolder)
        try transcript.run("recsys-pipelines diff content_sim \(demo)")
        try transcript.run("recsys-pipelines diff content_sim \(demo) --format json")
        try transcript.run("recsys-pipelines diff cooc \(demo)")
        try Snapshot.expect(transcript.text, is: "diff-other")
    }

    @Test func versionsMayBeNamed() throws {
        try demoFolder.publish()
        let cooc = try versions("cooc")
        let before = demoFolder.content
        let current = try demoFolder.succeed("diff cooc \(demo)").text
        #expect(try demoFolder.succeed("diff cooc \(cooc[1].prefix(12)) \(demo)").text == current)
        #expect(try demoFolder.succeed("diff cooc \(cooc[1]) \(cooc[2].prefix(9)) \(demo)").text == current)
        let same = try demoFolder.succeed("diff cooc \(cooc[0]) \(cooc[0]) \(demo) --format json").object
        #expect(same?["changed"] as? Int == 0 && same?["entered"] as? Int == 0 && same?["left"] as? Int == 0)
        #expect(try demoFolder.succeed("diff cooc \(cooc[0]) \(demo)").text != current)
        #expect(demoFolder.content.changes(since: before).isEmpty)
    }

    @Test func afterARollback() throws {
        try demoFolder.publish()
        let cooc = try versions("cooc")
        try demoFolder.succeed("rollback \(demo)")
        let object = try demoFolder.succeed("diff cooc \(demo) --format json").object
        let sides = ["a", "b"].map { (object?[$0] as? [String: Any])?["version"] as? String }
        #expect(sides == [cooc[2], cooc[1]])
    }

    @Test func nothingToCompareWith() throws {
        try demoFolder.publish(through: 1)
        let result = try demoFolder.pipelines("diff cooc \(demo)")
        #expect(result.exitCode == 8)
        #expect(result.standardError.hasPrefix("error: demo/home: no other version of cooc was current before\n"))
        try demoFolder.damage(demoFolder.file("objectstore/demo/home/cooc/", ".rsart"))
        let version = try versions("cooc")[0]
        #expect(try demoFolder.pipelines("diff cooc \(version) \(version) \(demo)").exitCode == 5)
    }

    @Test func rowsOfJSONAreNotRead() throws {
        try demoFolder.write("{\"artifact_format\":\"json-v1\"}", as: "settings.json")
        try demoFolder.succeed(
            "run \(demo) --start 2026-01-01 --end 2026-01-02 --input exposure.jsonl --config settings.json --quiet")
        for line in ["diff popularity \(demo)", "explain sku-0001 sku-0002 \(demo)"] {
            let result = try demoFolder.pipelines(line)
            #expect(result.exitCode == 2 && result.standardOutput.isEmpty)
            #expect(result.standardError.contains("is published as JSON v1, whose rows are not read here\n  set "))
        }
    }
}
