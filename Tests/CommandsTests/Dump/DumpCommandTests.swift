import SystemPackage
import TestSupport
import Testing

/// The dump tool tells what is in partitions and artifacts.
@Suite struct DumpCommandTests {
    private let demoFolder: DemoFolder
    private static let day = ".out/canonical/demo/home/exposures/2026-01-01.rspart"

    init() throws {
        demoFolder = try DemoFolder()
        let lines =
            Written.line(#""user_id":"u\"1","item_id":"10","rank":0"#, time: "2026-01-01T01:00:00.5+02:00")
            + Written.line(#""item_id":"20""#, time: "2026-01-01T12:00:00Z")
            + Written.line(#""user_id":"u2","item_id":"10","request_id":"r""#, time: "2026-01-01T13:00:00Z")
        try demoFolder.write(lines, as: "few.jsonl")
        try demoFolder.succeed("run \(demo) --start 2025-12-31 --end 2026-01-01 --input few.jsonl --quiet")
        try demoFolder.write("item_id,tags\n10,red;Fruit\n20,\"a,b\"\n", as: "few.csv")
        try demoFolder.write(#"{"catalog":"few.csv"}"#, as: "catalog.json")
        try demoFolder.succeed(
            "compute popularity cooc implicit session_seq content_sim \(demo) --start 2025-12-31 --end 2026-01-01 "
                + "--config catalog.json")
    }

    /// Staged artifacts by kind, copied to names of their own: those that they have are digests.
    private func copyArtifact(_ kind: String) throws -> String {
        let name = try demoFolder.file("artifacts/demo/home/_/\(kind)/", ".rsart")
        let bytes = try #require(demoFolder.content.bytes(name))
        _ = try demoFolder.folder.write(bytes, as: "\(kind).rsart")
        return "\(kind).rsart"
    }

    /// Runs commands, and compares what they print with a snapshot.
    private func expect(_ lines: [String], are name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        var transcript = Transcript(demoFolder)
        let before = demoFolder.content
        for line in lines { try transcript.run("recsys-dump \(line)") }
        try Snapshot.expect(transcript.text, is: name, sourceLocation: sourceLocation)
        #expect(demoFolder.content.changes(since: before).isEmpty, sourceLocation: sourceLocation)
        try expectTheSameWithoutMemoryMaps(lines, sourceLocation)
    }

    private func expectTheSameWithoutMemoryMaps(_ lines: [String], _ sourceLocation: SourceLocation) throws {
        for line in lines where line.contains(".rs") {
            let (mapped, copied) = (try demoFolder.dumpTool(line), try demoFolder.dumpTool("\(line) --no-mmap"))
            #expect(copied.text == mapped.text, "\(line)", sourceLocation: sourceLocation)
            #expect(copied.standardError == mapped.standardError, "\(line)", sourceLocation: sourceLocation)
            #expect(copied.exitCode == mapped.exitCode, "\(line)", sourceLocation: sourceLocation)
        }
    }

    @Test func whatItSaysOfPartitions() throws {
        let day = DumpCommandTests.day
        let previous = day.replacing("2026-01-01", with: "2025-12-31")
        try expect(
            [
                day, "summary \(day) --format json", "columns \(day)", "columns \(day) --format json", "blocks \(day)",
                "blocks \(day) --section item --format json", "dictionary \(day) item --counts",
                "dictionary \(day) user_dictionary --prefix u --head 1 --format json", "rows \(previous)",
                "rows \(day)", "rows \(day) --format csv", "rows \(day) --item 10", "rows \(day) --user '' --head 5",
                "rows \(day) --from 12:30 --to 2026-01-01T14:00:00+00:00 --format csv",
            ], are: "dump-partition")
    }

    @Test(arguments: [
        ("popularity", "top FILE", "dump-popularity"), ("cooc", "neighbors FILE 10", "dump-cooc"),
        ("implicit", "user FILE u2", "dump-implicit"), ("session_seq", "user FILE u2", "dump-session-seq"),
        ("content_sim", "tags FILE 10", "dump-content-sim"),
    ])
    func whatItSaysOfArtifacts(kind: String, lookup: String, snapshot: String) throws {
        let file = try copyArtifact(kind)
        let line = lookup.replacing("FILE", with: file)
        try expect(
            [
                file, "\(file) --format json", "columns \(file)", "blocks \(file)", "dictionary \(file) row --counts",
                "dictionary \(file) member --counts", "rows \(file)", "rows \(file) --format csv", line,
                "\(line) --format json",
            ], are: snapshot)
    }

    /// Scores and parameters of every type.
    @Test func whatItSaysOfScores() throws {
        let (popularity, cooc) = (try demoFolder.writeScored("popularity"), try demoFolder.writeScored("cooc"))
        try expect(
            [
                popularity, "\(popularity) --format json", "blocks \(popularity)", "rows \(popularity)",
                "top \(popularity) --head 2", cooc, "rows \(cooc)", "rows \(cooc) --format csv",
                "neighbors \(cooc) pear", "neighbors \(cooc) pear --format json",
            ], are: "dump-scores")
    }

    /// What made a file is told where it lies in a store.
    @Test func whatItSaysOfWhatMadeAFile() throws {
        let staged = ".out/" + (try demoFolder.file("artifacts/demo/home/_/cooc/", ".rsart"))
        let blobs = demoFolder.content.fileNames.filter { $0.hasPrefix("objectstore/demo/home/popularity/") }
        #expect(blobs.count == 2)
        try expect(
            ["\(staged)", "\(staged) --format json"] + blobs.map { ".out/\($0)" }, are: "dump-provenance")
    }

    @Test(arguments: ["cooc", "implicit", "session_seq", "content_sim"])
    func lookups(kind: String) throws {
        let name = ".out/" + (try demoFolder.file("artifacts/demo/home/_/\(kind)/", ".rsart"))
        let result = try demoFolder.dumpTool("lookups \(name) --count 100 --format json")
        #expect(result.exitCode == 0)
        let object = try #require(result.object)
        #expect(object["keys"] as? Int == 2)
        let times = ["median_ns", "p90_ns", "p99_ns", "longest_ns"].compactMap { object[$0] as? Int }
        #expect(times.count == 4 && times == times.sorted())
        let histogram = try #require(object["histogram"] as? [[String: Int]])
        #expect(histogram.first?["lookups"] != 0)
        #expect(histogram.reduce(0) { $0 + ($1["lookups"] ?? 0) } == 100)
        #expect(try demoFolder.dumpTool("lookups \(name)").text.contains("BELOW NS"))
        #expect(try demoFolder.dumpTool("lookups \(name) --count 0").exitCode == 2)
    }

    /// Of damaged files there is what can be read, and always exit code 5.
    @Test func whatItSaysOfDamagedFiles() throws {
        let bytes = try #require(demoFolder.content.bytes("canonical/demo/home/exposures/2026-01-01.rspart"))
        var block = bytes
        block[32] ^= 0x55
        _ = try demoFolder.folder.write(block, as: "block.rspart")
        _ = try demoFolder.folder.write(bytes.dropLast(9), as: "cut.rspart")
        var header = bytes
        header[0] = 0
        _ = try demoFolder.folder.write(header, as: "header.rspart")
        var footer = bytes
        footer[bytes.count - 33] ^= 1
        _ = try demoFolder.folder.write(footer, as: "footer.rspart")
        var transcript = Transcript(demoFolder)
        for file in ["block", "cut", "header", "footer"] {
            for command in ["", "blocks ", "rows "] {
                let result = try transcript.run("recsys-dump \(command)\(file).rspart")
                #expect(result.exitCode == 5)
            }
            #expect(try transcript.run("recsys-dump \(file).rspart --format json").exitCode == 5)
            #expect(try transcript.run("recsys-dump rows \(file).rspart --skip-damaged").exitCode == 5)
        }
        try transcript.run("recsys-dump blocks block.rspart --section user_dictionary --format json")
        try transcript.run("recsys-dump dictionary block.rspart user")
        try transcript.run("recsys-dump dictionary block.rspart item --format json")
        try Snapshot.expect(transcript.text, is: "dump-damaged")
    }

    @Test func whatItSaysOfOtherFiles() throws {
        let (cooc, popularity) = (try copyArtifact("cooc"), try copyArtifact("popularity"))
        try demoFolder.write("", as: "empty.rspart")
        var transcript = Transcript(demoFolder)
        for line in [
            "rows empty.rspart", "exposure.jsonl --format json", "nothing.rspart", ".", "", "''", "colums x.rspart",
            "neighbors \(cooc) 11", "neighbors \(cooc) unknown --format json", "user \(cooc) 10", "top \(cooc)",
            "tags \(DumpCommandTests.day) 10", "dictionary \(cooc) user", "dictionary \(DumpCommandTests.day) items",
            "blocks \(cooc) --section items", "rows \(cooc) --user u2", "rows \(DumpCommandTests.day) --user u3",
            "rows \(cooc) --head 0", "rows \(cooc) --from noon", "rows \(cooc) --format tsv",
            "rows \(DumpCommandTests.day) --from 2026-02-01T00:00:00Z", "lookups \(DumpCommandTests.day)",
            "lookups \(popularity)", "dictionary \(DumpCommandTests.day) item --prefix zzz",
        ] {
            try transcript.run("recsys-dump \(line)")
        }
        try Snapshot.expect(transcript.text, is: "dump-errors")
    }
}
