import Events
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Ingest

/// Threads take chunks as they come; what comes out has the order of the inputs and of their lines.
@Suite struct IngestionThreadsTests {
    /// Lines that differ in their item alone, some of them wide, so that few make a chunk.
    private func lines(_ range: Range<Int>, width: Int = 0) -> [String] {
        let filling = String(repeating: "x", count: width)
        return range.map { EventLine.valid.with("item_id", "\"\($0)\"").with("x", "\"\(filling)\"").text }
    }

    /// Forty inputs of any length, empty ones among them, of events that nothing but their arrival orders.
    @Test(arguments: [1, 2, 7])
    func manyInputsKeepTheirOrder(threadCount: Int) throws {
        let workshop = IngestWorkshop()
        var generator = SplitMix64(seed: 17)
        var inputs: [InputSource] = []
        var counts: [Int] = []
        for index in 0..<40 {
            let start = counts.reduce(0, +)
            counts.append(Int.random(in: 0...12, using: &generator))
            inputs.append(try workshop.input(lines(start..<(start + counts[index])), as: "\(index).jsonl"))
        }
        let report = try workshop.ingestion(threadCount: threadCount).run(inputs, run: RunIdentifier())
        #expect(report.inputs.map(\.name) == inputs.map(\.name))
        #expect(report.inputs.map(\.lineCount) == counts)
        let items = try workshop.store.exposures(of: .fixture())?.map(\.item)
        #expect(items == (0..<counts.reduce(0, +)).map { "\($0)" })
    }

    /// One input of several chunks.
    @Test(arguments: [1, 2, 7])
    func theChunksOfAnInputKeepTheirOrder(threadCount: Int) throws {
        let workshop = IngestWorkshop()
        let input = try workshop.input(lines(0..<210, width: 60_000))
        let report = try workshop.ingestion(threadCount: threadCount).run([input], run: RunIdentifier())
        #expect(report.lineCount == 210 && report.eventCount == 210 && report.unknownFieldCount == 210)
        #expect(try workshop.store.exposures(of: .fixture())?.map(\.item) == (0..<210).map { "\($0)" })
    }

    /// Bad records in every chunk of several inputs are named by input and line, the first twenty in order.
    @Test(arguments: [1, 2, 7])
    func badRecordsHaveTheirPlacesOnEveryThread(threadCount: Int) throws {
        let workshop = IngestWorkshop()
        var wide = lines(0..<150, width: 60_000)
        for index in stride(from: 3, to: 150, by: 12) { wide[index] = "{\"v\":\(index)}" }
        let names = ["a.jsonl", "b.jsonl", "c.jsonl", "d.jsonl"]
        let inputs = try zip(names, [wide, [], ["", "[]"], wide]).map { try workshop.input($1, as: $0) }
        let error = #expect(throws: IngestError.self) {
            try workshop.ingestion(threadCount: threadCount).run(inputs, run: RunIdentifier())
        }
        let places = stride(from: 3, to: 150, by: 12).map { $0 + 1 }
        let expected =
            places.map { "\(inputs[0].name):\($0): v: not 1, the only version there is" }
            + ["\(inputs[2].name):2: record: not a JSON object"]
            + places.map { "\(inputs[3].name):\($0): v: not 1, the only version there is" }
        let described = error?.message.split(separator: "\n").map { String($0) }
        #expect(described == expected.prefix(20) + ["and 7 more", "27 bad records, nothing was replaced"])
    }

    /// An empty file, or one of another day, is a mistake and not the whole truth of the window.
    @Test(arguments: [[], [EventLine.event("x", day: "2024-03-05")], [EventLine.event("x", tenant: "other")]])
    func inputWithoutEventsOfTheWindowReplacesNothing(lines: [String]) throws {
        let workshop = IngestWorkshop()
        try workshop.ingest([EventLine.event("old")])
        let files = try workshop.storedFiles()
        let scope = IngestScope(
            tenant: try PathSegment("demo"), surface: try PathSegment("home"),
            window: .fixture("2024-02-28", "2024-03-01"))
        let error = #expect(throws: IngestError.self) { try workshop.ingest(lines, scope: scope) }
        #expect(error?.kind == .notFound)
        let counts = (lines.count { $0.contains("demo") }, lines.count { $0.contains("other") })
        #expect(
            error?.message == "demo/home: the input has no events of 2024-02-28 to 2024-03-01, \(counts.0) of other "
                + "days, \(counts.1) of other tenants or surfaces; nothing was replaced")
        #expect(try workshop.storedFiles() == files)
    }

    /// A pair that occurs outside the window alone does not lose its days.
    @Test func aSurfaceWithoutEventsOfTheWindowIsLeftAlone() throws {
        let workshop = IngestWorkshop()
        try workshop.ingest([EventLine.event("old")])
        let files = try workshop.storedFiles()
        let lines = [EventLine.event("x", day: "2024-03-05"), EventLine.event("x", tenant: "other")]
        try workshop.ingest(lines, scope: IngestScope(window: .fixture("2024-02-28", "2024-03-01")))
        #expect(try workshop.storedFiles().filter { $0.key.hasPrefix("canonical/demo/") } == files)
    }
}
