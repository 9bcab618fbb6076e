import Foundation
import SystemPackage
import TestSupport
import Testing

/// `recsys-dump rows X.rspart | recsys-pipelines ingest -` into an empty store gives identical files.
@Suite struct RoundTripTests {
    private static let exposures = "canonical/demo/home/exposures/"

    /// Dumps each partition, ingests the rows alone, and compares the files.
    private func expectRoundTrip(of demoFolder: DemoFolder, count: Int) throws {
        let names = demoFolder.content.fileNames.filter { $0.hasPrefix(RoundTripTests.exposures) }
        #expect(names.count == count, "\(names)")
        for name in names {
            let rows = try demoFolder.dumpTool("rows .out/\(name)")
            #expect(rows.exitCode == 0, "\(rows.standardError)")
            let other = try DemoFolder()
            try other.succeed("ingest - --quiet", input: rows.text)
            #expect(other.content.fileNames.filter { $0.hasPrefix("canonical/") } == [name])
            #expect(other.content.bytes(name) == demoFolder.content.bytes(name), "\(name)")
        }
    }

    @Test func demoPartitions() throws {
        let demoFolder = try DemoFolder()
        try demoFolder.succeed("ingest -", input: String(decoding: DemoFolder.events, as: UTF8.self))
        try expectRoundTrip(of: demoFolder, count: 7)
    }

    @Test func awkwardIdentifiers() throws {
        let long = String(repeating: "0123456789abcde\u{E9}", count: 256)
        let texts = [
            #"\" \\ \/ \b \f \n \r \t x"#, #"\u0000 \u001f \u007f x"#, #"\u2028\u2029<&>"#,
            #"\ud83d\udc69\u200d\ud83d\udcbb"#,
            "👩‍💻", "e\u{301}", "\u{E9}", "007", "7", "-0", "18446744073709551615", "18446744073709551616", long,
            long + "x",
            "01234567-89ab-cdef-0123-456789abcdef", "01234567-89AB-CDEF-0123-456789ABCDEF",
        ]
        let lines = texts.enumerated().map { index, text in
            Written.line(
                #""user_id":"\#(text)","request_id":"\#(texts[(index + 1) % texts.count])","item_id":"\#(text)""#,
                session: texts[(index * 3) % texts.count])
        }
        let demoFolder = try DemoFolder()
        try demoFolder.succeed("ingest -", input: (lines + lines.reversed()).joined())
        let rows = try demoFolder.dumpTool("rows .out/\(RoundTripTests.exposures)2026-01-01.rspart").text
        #expect(rows.split(separator: "\n").count == 2 * texts.count)
        try expectRoundTrip(of: demoFolder, count: 1)
    }

    @Test func awkwardTimesAndRanks() throws {
        let times = [
            "2026-01-01T00:00:00.000000001Z", "2025-12-31T23:59:59.999999999Z", "2026-01-01T01:00:00+02:00",
            "2026-01-01T23:30:00.120-00:45", "1969-12-31T23:59:59.5Z", "1970-01-01T00:00:00Z", "1900-02-28T12:00:00Z",
            "2026-01-01t10:00:00z", "2026-01-01T10:00:00.10Z", "2026-01-01T10:00:00.1Z",
        ]
        let ranks = ["", #","rank":0"#, #","rank":1"#, #","rank":2147483647"#]
        let lines = times.flatMap { time in
            ranks.map { rank in Written.line(#""user_id":"u","item_id":"i"\#(rank)"#, time: time) }
        }
        let demoFolder = try DemoFolder()
        try demoFolder.succeed("ingest -", input: lines.joined())
        let days = ["1900-02-28", "1969-12-31", "1970-01-01", "2025-12-31", "2026-01-01", "2026-01-02"]
        #expect(
            demoFolder.content.fileNames.filter { $0.hasPrefix("canonical/") }
                == days.map { "\(RoundTripTests.exposures)\($0).rspart" })
        try expectRoundTrip(of: demoFolder, count: days.count)
    }

    @Test(arguments: [#""item_id":"i""#, #""user_id":null,"item_id":"i","rank":0"#, #""user_id":" ","item_id":"1""#])
    func noUsers(members: String) throws {
        let lines = (0..<20).map { Written.line(members, session: "s\($0 % 3)") }
        let demoFolder = try DemoFolder()
        try demoFolder.succeed("ingest -", input: lines.joined())
        try expectRoundTrip(of: demoFolder, count: 1)
    }
}
