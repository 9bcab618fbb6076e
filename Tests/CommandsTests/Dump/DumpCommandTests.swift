import TestSupport
import Testing

/// The dump tool tells what is in partitions and artifacts.
@Suite struct DumpCommandTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
        let lines =
            Written.line(#""user_id":"u\"1","item_id":"10","rank":0"#, time: "2026-01-01T01:00:00.5+02:00")
            + Written.line(#""item_id":"20""#, time: "2026-01-01T12:00:00Z")
            + Written.line(#""user_id":"u2","item_id":"10","request_id":"r""#, time: "2026-01-01T13:00:00Z")
        try demoFolder.write(lines, as: "few.jsonl")
        try demoFolder.succeed("run \(demo) --start 2025-12-31 --end 2026-01-01 --input few.jsonl --quiet")
        try demoFolder.succeed(
            "compute popularity cooc implicit session_seq \(demo) --start 2025-12-31 --end 2026-01-01")
    }

    @Test func whatItSaysOfPartitions() throws {
        var transcript = Transcript(demoFolder)
        let path = ".out/canonical/demo/home/exposures/2026-01-01.rspart"
        try transcript.run("recsys-dump \(path)")
        try transcript.run("recsys-dump summary \(path) --format json")
        try transcript.run("recsys-dump columns \(path)")
        try transcript.run("recsys-dump columns \(path) --format json")
        try transcript.run("recsys-dump rows .out/canonical/demo/home/exposures/2025-12-31.rspart")
        try transcript.run("recsys-dump rows \(path)")
        try Snapshot.expect(transcript.text, is: "dump-partition")
    }

    @Test func whatItSaysOfArtifacts() throws {
        var transcript = Transcript(demoFolder)
        for kind in ["popularity", "cooc", "implicit", "session_seq"] {
            let name = try demoFolder.file("artifacts/demo/home/_/\(kind)/", ".rsart")
            // The name is a digest, so another name stands in the snapshot.
            let bytes = try #require(demoFolder.content.bytes(name))
            _ = try demoFolder.folder.write(bytes, as: "\(kind).rsart")
            try transcript.run("recsys-dump \(kind).rsart")
            try transcript.run("recsys-dump columns \(kind).rsart")
            try transcript.run("recsys-dump rows \(kind).rsart")
        }
        try Snapshot.expect(transcript.text, is: "dump-artifact")
    }

    /// Scores and parameters of every type.
    @Test func whatItSaysOfScores() throws {
        var transcript = Transcript(demoFolder)
        for kind in ["popularity", "cooc"] {
            let file = try demoFolder.writeScored(kind)
            try transcript.run("recsys-dump \(file)")
            try transcript.run("recsys-dump \(file) --format json")
            try transcript.run("recsys-dump columns \(file)")
            try transcript.run("recsys-dump rows \(file)")
        }
        try Snapshot.expect(transcript.text, is: "dump-scores")
    }

    @Test(arguments: ["popularity", "cooc", "implicit", "session_seq"])
    func lookups(kind: String) throws {
        let name = ".out/" + (try demoFolder.file("artifacts/demo/home/_/\(kind)/", ".rsart"))
        let result = try demoFolder.dumpTool("lookups \(name) --count 100 --format json")
        #expect(result.exitCode == 0)
        let object = try #require(result.object)
        #expect(object["keys"] as? Int == (kind == "popularity" ? 0 : 2))
        let times = ["median_ns", "p90_ns", "p99_ns", "longest_ns"].compactMap { object[$0] as? Int }
        #expect(times.count == 4 && times == times.sorted())
        let histogram = try #require(object["histogram"] as? [[String: Int]])
        #expect(histogram.reduce(0) { $0 + ($1["lookups"] ?? 0) } == 100)
        #expect(try demoFolder.dumpTool("lookups \(name)").text.contains("BELOW NS"))
        #expect(try demoFolder.dumpTool("lookups \(name) --count 0").exitCode == 2)
    }

    @Test func whatItSaysOfOtherFiles() throws {
        let partition = try #require(demoFolder.content.bytes("canonical/demo/home/exposures/2026-01-01.rspart"))
        _ = try demoFolder.folder.write(partition.dropLast(), as: "cut.rspart")
        try demoFolder.write("", as: "empty.rspart")
        var transcript = Transcript(demoFolder)
        try transcript.run("recsys-dump cut.rspart")
        try transcript.run("recsys-dump rows empty.rspart")
        try transcript.run("recsys-dump exposure.jsonl --format json")
        try transcript.run("recsys-dump nothing.rspart")
        try transcript.run("recsys-dump .")
        try transcript.run("recsys-dump")
        try transcript.run("recsys-dump colums cut.rspart")
        try Snapshot.expect(transcript.text, is: "dump-errors")
    }
}
