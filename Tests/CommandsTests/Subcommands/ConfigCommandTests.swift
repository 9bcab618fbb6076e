import Foundation
import TestSupport
import Testing

/// `config` shows what is in force and where it comes from, and never a secret.
@Suite struct ConfigCommandTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
        try demoFolder.folder.write(
            #"{"catalog": "c.csv", "db": "postgres://me:secret@host/db", "limits": {"min_cooc_support": 2}, "#
                + #""gates": {"min_events": "fail 1000", "max_reject_ratio": "warn 0.000123456789"}}"#,
            as: "settings.json")
    }

    private static let environment = ["RECSYS_COOC_SCORE": "llr"]

    @Test func whatItSays() throws {
        var transcript = Transcript(demoFolder)
        try transcript.run("recsys-pipelines config show")
        try transcript.run("recsys-pipelines config show --origin --config settings.json --no-mmap --out-dir out")
        try transcript.run("recsys-pipelines config validate --config settings.json")
        try demoFolder.folder.write(#"{"gates": {"min_event": "fail"}}"#, as: "wrong.json")
        try transcript.run("recsys-pipelines config validate --config wrong.json")
        try demoFolder.folder.write(#"{"gates": {"min_overlap": "fail 2"}}"#, as: "wrong.json")
        try transcript.run("recsys-pipelines config validate --config wrong.json")
        try transcript.run("recsys-pipelines config schema --origin")
        try transcript.run("recsys-pipelines config")
        try Snapshot.expect(transcript.text, is: "config")
    }

    /// What is shown means the same as what it was made from.
    @Test func whatIsShownIsAFile() throws {
        let line = "config show --config settings.json"
        let shown = try demoFolder.pipelines(line, environment: ConfigCommandTests.environment)
        try demoFolder.folder.write(shown.text.replacing("(secret)", with: "other"), as: "shown.json")
        let again = try demoFolder.succeed("config show --config shown.json")
        #expect(again.text == shown.text)
        #expect(shown.text.contains("\"cooc_score\": \"llr\""))
        #expect(shown.text.contains("\"max_reject_ratio\": \"warn 0.000123456789\""))
    }

    @Test(arguments: ["show", "show --origin", "show --format json", "validate", "validate --format json"])
    func secretsAreNotShown(flags: String) throws {
        let result = try demoFolder.succeed("config \(flags) --config settings.json")
        #expect(!result.text.contains("secret@"))
        #expect(!result.standardError.contains("secret@"))
    }

    @Test func originsForPrograms() throws {
        let result = try demoFolder.pipelines(
            "config show --format json --config settings.json", environment: ConfigCommandTests.environment)
        let settings = try #require(result.object?["settings"] as? [[String: Any]])
        let origins = Dictionary(
            uniqueKeysWithValues: settings.map { ($0["key"] as? String ?? "", $0["from"] as? String ?? "") })
        #expect(origins["catalog"] == "file settings.json")
        #expect(origins["cooc_score"] == "environment RECSYS_COOC_SCORE")
        #expect(origins["out_dir"] == "default")
    }

    /// Every setting has its place in the schema, and nothing else does.
    @Test func theSchema() throws {
        let text = try demoFolder.succeed("config schema").text
        let schema = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let properties = try #require(schema["properties"] as? [String: [String: Any]])
        let keys = properties.flatMap { name, form in
            (form["properties"] as? [String: Any])?.keys.map { "\(name).\($0)" } ?? [name]
        }
        let shown = try demoFolder.succeed("config show --format json")
        let settings = try #require(shown.object?["settings"] as? [[String: Any]])
        #expect(keys.sorted() == settings.compactMap { $0["key"] as? String }.sorted())
        #expect(schema["additionalProperties"] as? Bool == false)
    }
}
