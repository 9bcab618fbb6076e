import Foundation
import SystemPackage
import TestSupport
import Testing

/// The ingests that are told are those that the content of a file comes from.
@Suite struct ProvenanceTests {
    private let demoFolder: DemoFolder
    private static let day = ".out/canonical/demo/home/exposures/2026-01-01.rspart"

    init() throws {
        demoFolder = try DemoFolder()
        for (name, count) in [("first", 2), ("second", 3), ("third", 4)] {
            let lines = (0..<count).map { Written.line(#""item_id":"\#(name)-\#($0)""#) }
            try demoFolder.write(lines.joined(), as: "\(name).jsonl")
        }
    }

    private func ingest(_ name: String, replacing: Bool = false) throws {
        let window = replacing ? " --start 2026-01-01 --end 2026-01-01" : ""
        let before = demoFolder.content.fileNames.filter { $0.hasPrefix("ledger/") }
        try demoFolder.succeed("ingest \(name).jsonl --quiet\(window)")
        // Names with a number are easier to find again.
        for entry in demoFolder.content.fileNames where entry.hasPrefix("ledger/") && !before.contains(entry) {
            try demoFolder.folder.move(".out/\(entry)", to: ".out/ledger/demo/home/\(before.count).json")
        }
    }

    private func provenance(_ line: String) throws -> [String: Any] {
        let result = try demoFolder.dumpTool("summary \(line) --format json")
        return try #require(result.object?["provenance"] as? [String: Any], "\(result.standardError)")
    }

    /// The names of the inputs, oldest first.
    private func inputs(_ provenance: [String: Any]) -> [String] {
        let ingests = provenance["ingests"] as? [[String: Any]] ?? []
        return ingests.flatMap { $0["inputs"] as? [[String: Any]] ?? [] }.compactMap { $0["path"] as? String }
            .map { $0.replacing(".jsonl", with: "") }
    }

    @Test func whatWasMergedComesFromAll() throws {
        try ingest("first")
        try ingest("second")
        #expect(try inputs(provenance(ProvenanceTests.day)) == ["first", "second"])
        try ingest("third", replacing: true)
        #expect(try inputs(provenance(ProvenanceTests.day)) == ["third"])
        try ingest("first")
        #expect(try inputs(provenance(ProvenanceTests.day)) == ["third", "first"])
    }

    /// A copy of an earlier state comes from what had been ingested by then.
    @Test func earlierStates() throws {
        try ingest("first", replacing: true)
        let early = try #require(demoFolder.content.bytes("canonical/demo/home/exposures/2026-01-01.rspart"))
        _ = try demoFolder.folder.write(early, as: "early.rspart")
        try ingest("second")
        #expect(try provenance("early.rspart")["known_by"] as? String == "nothing")
        #expect(try inputs(provenance("early.rspart --out-dir .out")) == ["first"])
        try demoFolder.write(#"{"out_dir":".out"}"#, as: "c.json")
        #expect(try inputs(provenance("early.rspart --config c.json")) == ["first"])
        #expect(try inputs(provenance("\(ProvenanceTests.day)")) == ["first", "second"])
    }

    @Test func bytesThatTheLedgerDoesNotKnow() throws {
        try ingest("first")
        let other = try DemoFolder()
        try other.write(Written.line(#""item_id":"other""#), as: "x.jsonl")
        try other.succeed("ingest x.jsonl --quiet")
        let bytes = try #require(other.content.bytes("canonical/demo/home/exposures/2026-01-01.rspart"))
        _ = try demoFolder.folder.write(bytes, as: ProvenanceTests.day)
        let result = try demoFolder.dumpTool(ProvenanceTests.day)
        #expect(result.exitCode == 0)
        #expect(result.text.contains("knows other bytes of this day, the latest of run"))
        #expect(try provenance(ProvenanceTests.day)["latest_run_id"] is String)
        try demoFolder.folder.remove(".out/ledger")
        #expect(try demoFolder.dumpTool(ProvenanceTests.day).text.contains("has no entry of this day"))
    }

    @Test func aDamagedLedgerEntryIsToldAndTheOthersAreRead() throws {
        try ingest("first")
        try ingest("second")
        try demoFolder.write("{", as: ".out/ledger/demo/home/0.json")
        let result = try demoFolder.dumpTool("summary \(ProvenanceTests.day) --format json")
        #expect(result.exitCode == 5)
        #expect(result.standardError.contains("not an entry of the ledger"))
        let provenance = try #require(result.object?["provenance"] as? [String: Any])
        #expect(inputs(provenance) == ["second"])
    }

    /// Nobody knows of which day a damaged entry was; that it may be of this one is said, and is damage.
    @Test func theOnlyLedgerEntryIsDamaged() throws {
        try demoFolder.publish(through: 1)
        try demoFolder.succeed("compute cooc \(demo) --start 2026-01-01 --end 2026-01-01")
        let entry = try demoFolder.file("ledger/", ".json")
        try demoFolder.write("{", as: ".out/\(entry)")
        let partition = try demoFolder.dumpTool("\(ProvenanceTests.day) --format json")
        #expect(partition.exitCode == 5)
        let provenance = try #require(partition.object?["provenance"] as? [String: Any])
        #expect(provenance["known_by"] as? String == "nothing")
        #expect(provenance["reason"] as? String == "its entry in the ledger is damaged, or missing")
        let text = try demoFolder.dumpTool(ProvenanceTests.day).text
        #expect(text.contains("none: its entry is damaged, or missing, in the ledger"), "\(text)")
        for artifact in [
            try demoFolder.file("artifacts/", ".rsart"), try demoFolder.file("objectstore/demo/home/cooc/", ".rsart"),
        ] {
            let result = try demoFolder.dumpTool(".out/\(artifact)")
            #expect(result.exitCode == 5)
            #expect(result.text.contains("(its entry is damaged, or missing)"), "\(result.text)")
            #expect(result.standardError.contains("\(entry): not an entry of the ledger"))
        }
    }

    /// A file in the place of another one is damage, however intact it is.
    @Test func aFileInTheWrongPlace() throws {
        try demoFolder.publish(through: 2)
        let folder = ".out/canonical/demo/home/exposures"
        _ = try demoFolder.folder.write(
            demoFolder.folder.read("\(folder)/2026-01-02.rspart"), as: "\(folder)/2026-01-01.rspart")
        let partition = try demoFolder.dumpTool("\(folder)/2026-01-01.rspart")
        #expect(partition.exitCode == 5)
        #expect(
            partition.standardError.contains(
                "holds the events of demo/home/2026-01-02, not the events of demo/home/2026-01-01"))
        let blobs = demoFolder.content.fileNames.filter { $0.hasPrefix("objectstore/demo/home/cooc/") }
        _ = try demoFolder.folder.write(
            demoFolder.folder.read(".out/\(blobs[0])"), as: ".out/\(blobs[1])")
        let artifact = try demoFolder.dumpTool(".out/\(blobs[1])")
        #expect(artifact.exitCode == 5)
        #expect(artifact.standardError.contains("its SHA-256 is not its name"))
    }

    @Test func whatAnArtifactComesFrom() throws {
        try demoFolder.publish(through: 2)
        let manifest = try #require(demoFolder.content.text("registry/current/demo/home/manifest.json"))
        let path = try #require(manifest.firstMatch(of: /file:\/\/(.+cooc\/[0-9a-f]+\.rsart)/)?.output.1)
        let provenance = try provenance(String(path))
        #expect(provenance["known_by"] as? String == "record")
        #expect(provenance["current"] as? Bool == true)
        let sources = try #require(provenance["sources"] as? [[String: Any]])
        #expect(sources.compactMap { $0["name"] as? String } == ["2026-01-02"])
        #expect(sources.map(inputs) == [["exposure"]])
        // Without its record nobody knows.
        let record = try #require(provenance["path"] as? String)
        try FileManager.default.removeItem(atPath: record)
        #expect(try demoFolder.dumpTool(String(path)).text.contains("none: there is no record of it"))
        _ = try Data("{}".utf8).write(to: URL(fileURLWithPath: record))
        #expect(try demoFolder.dumpTool(String(path)).exitCode == 5)
    }
}
