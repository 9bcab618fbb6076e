import Foundation
import SystemPackage
import TestSupport
import Testing

/// `export` writes JSON v1 and tab-separated values, wherever the artifact is.
@Suite struct ExportCommandTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
        try demoFolder.publish(through: 2)
    }

    @Test func whatItSays() throws {
        try demoFolder.write(
            Written.line(#""user_id":"u","item_id":"<a & b>""#) + Written.line(#""user_id":"u","item_id":"\u2028é""#),
            as: "few.jsonl")
        try demoFolder.succeed("run \(demo) --start 2026-01-01 --end 2026-01-01 --input few.jsonl --segment few")
        var transcript = Transcript(demoFolder)
        for kind in ["popularity", "cooc", "implicit", "session_seq"] {
            try transcript.run("recsys-pipelines export \(kind) \(demo) --segment few")
        }
        for kind in ["popularity", "cooc", "implicit", "session_seq"] {
            try transcript.run("recsys-pipelines export \(kind) \(demo) --segment few --format tsv")
        }
        try transcript.run("recsys-pipelines export cooc \(demo) --output cooc.json")
        try transcript.run("recsys-pipelines export cooc \(demo) --format tsv --output cooc.tsv")
        try transcript.run("recsys-pipelines export content_sim \(demo)")
        try transcript.run("recsys-pipelines export cooc \(demo) --version 00")
        try transcript.run("recsys-pipelines export --file exposure.jsonl")
        try Snapshot.expect(transcript.text, is: "export")
    }

    @Test func aFileAndAVersionAreTheSame() throws {
        let current = try demoFolder.succeed("export cooc \(demo)").standardOutput
        #expect(current.count > 1000)
        let uri = try #require(
            try demoFolder.succeed("versions \(demo) --kind cooc --format json").object?["versions"] as? [[String: Any]]
        ).first { $0["current"] as? Bool == true }
        let version = try #require(uri?["version"] as? String)
        let blob = ".out/objectstore/demo/home/cooc/\(version).rsart"
        #expect(try demoFolder.succeed("export --file \(blob)").standardOutput == current)
        #expect(try demoFolder.succeed("export cooc \(demo) --version \(version)").standardOutput == current)
        #expect(try demoFolder.succeed("export cooc \(demo) --version \(version.prefix(12))").standardOutput == current)
        #expect(try demoFolder.succeed("export cooc \(demo) --output -").standardOutput == current)
        let note = try demoFolder.succeed("export cooc \(demo) --output new/cooc.json")
        #expect(note.standardOutput.isEmpty)
        #expect(note.standardError == "wrote new/cooc.json\n")
        let written = FileManager.default.contents(atPath: demoFolder.folder.path.appending("new/cooc.json").string)
        #expect(written.map { Array($0) } == current)
    }

    /// What is published as JSON v1 is what is exported as JSON v1, byte for byte.
    @Test func publishedJSONIsExportedJSON() throws {
        let other = try DemoFolder()
        try other.write("{\"artifact_format\":\"json-v1\"}", as: "settings.json")
        try other.succeed(
            "run \(demo) --start 2026-01-01 --end 2026-01-02 --input exposure.jsonl --config settings.json")
        for kind in ["popularity", "cooc", "implicit", "session_seq"] {
            let json = try other.succeed("export \(kind) \(demo)").standardOutput
            let ours = try demoFolder.succeed("export \(kind) \(demo)").standardOutput
            #expect(json == ours, "\(kind)")
            let object = try #require(try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
            let version = (object["build"] as? [String: Any])?["version"] as? String
            let name = "objectstore/demo/home/\(kind)/\(version ?? "").json"
            #expect(other.content.bytes(name) == json, "\(name)")
        }
        try other.succeed("rollback \(demo)")
        #expect(try other.succeed("export cooc \(demo)").text.contains("\"start\": \"2026-01-01T00:00:00Z\""))
    }

    /// The same entries in both forms.
    @Test func bothFormsSayTheSame() throws {
        let json = try demoFolder.succeed("export cooc \(demo)").standardOutput
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
        let rows = try #require(object["neighbors"] as? [[String: Any]])
        let lines = try rows.flatMap { row in
            try #require(row["items"] as? [[String: Any]]).map { entry in
                "\(row["item_id"] ?? "")\t\(entry["item_id"] ?? "")\t\(entry["count"] ?? "")"
            }
        }
        let text = try demoFolder.succeed("export cooc \(demo) --format tsv").text
        #expect(text == (["item\tneighbour\tscore"] + lines).joined(separator: "\n") + "\n")
        #expect(lines.count > 50)
    }

    /// Only an artifact file has both forms.
    @Test func publishedJSONIsNoTable() throws {
        let other = try DemoFolder()
        try other.write("{\"artifact_format\":\"json-v1\"}", as: "settings.json")
        try other.succeed(
            "run \(demo) --start 2026-01-01 --end 2026-01-01 --input exposure.jsonl --config settings.json")
        let result = try other.pipelines("export cooc \(demo) --format tsv")
        #expect(result.exitCode == 2)
        #expect(result.standardOutput.isEmpty)
        #expect(result.standardError.contains("is published as JSON v1, which export does not read\n  compute it with"))
    }

    /// Scores have a place in one form only, and the error names it.
    @Test func scores() throws {
        var transcript = Transcript(demoFolder)
        for kind in ["popularity", "cooc"] {
            let file = try demoFolder.writeScored(kind)
            try transcript.run("recsys-pipelines export --file \(file) --format tsv")
            try transcript.run("recsys-pipelines export --file \(file)")
        }
        try Snapshot.expect(transcript.text, is: "export-scores")
    }

    /// What is no file is written to, not replaced.
    @Test func aDeviceStaysADevice() throws {
        let link = demoFolder.folder.path.appending("sink").string
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/dev/null")
        try demoFolder.succeed("export cooc \(demo) --output sink")
        let type = try FileManager.default.attributesOfItem(atPath: link)[.type] as? FileAttributeType
        #expect(type == .typeSymbolicLink)
    }
}
