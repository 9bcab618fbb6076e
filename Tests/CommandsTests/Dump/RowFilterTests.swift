import ArgumentParser
import Columns
import Events
import Platform
import TestSupport
import Testing

@testable import DumpCommands

/// Filters choose just the rows that a plain look at all of them chooses.
@Suite struct RowFilterTests {
    /// What the options ask for, decided event by event.
    private func isAskedFor(_ exposure: Exposure, _ options: RowOptions) -> Bool {
        let start = options.from?.nanosecond(of: ChoppedPartition.key.day) ?? 0
        let end = options.to?.nanosecond(of: ChoppedPartition.key.day) ?? .max
        return (options.user == nil || options.user == exposure.user ?? "")
            && (options.session == nil || options.session == exposure.session)
            && (options.request == nil || options.request == exposure.request ?? "")
            && (options.item == nil || options.item == exposure.item)
            && exposure.nanosecondOfDay >= start && exposure.nanosecondOfDay < end
    }

    /// Options that some rows match, as a rule.
    private func randomArguments(_ partition: ChoppedPartition, _ generator: inout SplitMix64) -> [String] {
        var arguments: [String] = []
        let event = partition.exposures.randomElement(using: &generator) ?? Exposure()
        if .random(using: &generator) { arguments += ["--user", event.user ?? ""] }
        if Int.random(in: 0..<3, using: &generator) == 0 { arguments += ["--session", event.session] }
        if Int.random(in: 0..<3, using: &generator) == 0 { arguments += ["--request", event.request ?? ""] }
        if Int.random(in: 0..<3, using: &generator) == 0 { arguments += ["--item", event.item] }
        let hours = (0..<2).map { _ in Int.random(in: 10...24, using: &generator) - 1 }.sorted()
        if .random(using: &generator) { arguments += ["--from", "0\(hours[0] / 4):00"] }
        if .random(using: &generator), hours[0] != hours[1] { arguments += ["--to", "\(hours[1]):00:00"] }
        return arguments
    }

    @Test(arguments: IdentifierStyle.allCases, [1, 4, 100])
    func anyFilters(style: IdentifierStyle, longest: Int) throws {
        var generator = SplitMix64(seed: 11)
        let partition = try ChoppedPartition(count: 60, style: style, longest: longest, seed: 2)
        for _ in 0..<40 {
            let arguments = randomArguments(partition, &generator)
            let options = try RowOptions.parse(arguments)
            let matching = partition.exposures.filter { isAskedFor($0, options) }
            let (lines, leftOutCount, error) = try partition.rows(arguments)
            #expect(lines == partition.lines(matching), "\(arguments)")
            #expect(leftOutCount == 0 && error == nil)
            for count in [1, 3, 100] {
                let first = try partition.rows(arguments + ["--head", "\(count)"]).lines
                #expect(first == Array(lines.prefix(count)))
                let even = try partition.rows(arguments + ["--sample", "\(count)"]).lines
                let number = min(count, lines.count)
                #expect(even == (0..<number).map { lines[$0 * lines.count / number] })
            }
        }
    }

    /// The first instant is included, the last is not.
    @Test func boundsOfTime() throws {
        let second: UInt64 = 1_000_000_000
        let times = [0, second - 1, second, second + 1, 2 * second - 1, 2 * second, 86_400 * second - 1]
        let partition = try ChoppedPartition(times.map { Exposure(user: "u", at: $0) }, longest: 2, seed: 1)
        let bounds: [([String], Range<Int>)] = [
            (["--from", "00:00"], 0..<7), (["--from", "00:00:01"], 2..<7), (["--to", "00:00:02"], 0..<5),
            (["--from", "00:00:01", "--to", "00:00:02"], 2..<5), (["--to", "24:00"], 0..<7),
            (["--from", "00:00:01.000000001", "--to", "00:00:01.999999999"], 3..<4), (["--to", "00:00"], 0..<0),
        ]
        for (arguments, rows) in bounds {
            #expect(try partition.rows(arguments).lines == partition.lines(Array(partition.exposures[rows])))
        }
    }

    @Test func allRows() throws {
        let partition = try ChoppedPartition(count: 50, longest: 7, seed: 4)
        #expect(try partition.rows().lines == partition.lines(partition.exposures))
    }

    @Test(arguments: [
        ["--user", "nobody"], ["--item", "7777"], ["--session", "ECLAIR"], ["--request", "ECLAIR"],
        ["--from", "2030-01-01T00:00:00Z"],
    ])
    func nothingMatches(arguments: [String]) throws {
        let partition = try ChoppedPartition(count: 20, longest: 5, seed: 4)
        let (lines, leftOutCount, error) = try partition.rows(arguments)
        #expect(lines.isEmpty && leftOutCount == 0 && error == nil)
    }

    /// The whole reason why there are no rows.
    @Test(arguments: [
        (["--from", "2030-01-01T00:00:00Z"], true), (["--to", "2020-01-01T00:00:00Z"], true),
        (["--from", "24:00"], true), (["--to", "2030-01-01T00:00:00Z"], false), (["--from", "23:59"], false),
    ])
    func timesOfOtherDays(arguments: [String], isOfOtherDays: Bool) throws {
        let partition = try ChoppedPartition(count: 5, longest: 5, seed: 4)
        guard case .partition(let reader) = try partition.open().content.get() else { return }
        let printer = try EventPrinter(reader, RowOptions.parse(arguments), JSONLinesForm(), .none)
        let day = ChoppedPartition.key.day
        #expect(printer.emptiness == (isOfOtherDays ? ["is of \(day), and none of that day is asked for"] : []))
    }

    @Test(arguments: [
        ["--head", "0"], ["--sample", "0"], ["--head", "1", "--sample", "1"], ["--session", ""], ["--item", ""],
        ["--from", "12:00", "--to", "12:00"], ["--from", "12"],
    ])
    func whatCannotBeAskedFor(arguments: [String]) {
        #expect(throws: (any Error).self) { try RowOptions.parse(arguments) }
    }

    /// The fields of a record, read by libcsv.
    private func records(_ text: String) throws -> [[String]] {
        let reader = CSVReader(maximumRecordByteCount: 1 << 20)
        var chunk = LineChunk()
        let bytes = Array(text.utf8)
        chunk.bytes.replaceSubrange(0..<bytes.count, with: bytes)
        chunk.byteCount = bytes.count
        var records: [[String]] = []
        try reader.read(chunk) { record in
            var fields: [String] = []
            for index in 0..<record.fieldCount {
                var field: [UInt8] = []
                field.append(contentsOf: record[index])
                fields.append(String(decoding: field, as: UTF8.self))
            }
            records.append(fields)
        }
        try reader.finish()
        return records
    }

    /// Another reader reads back what was written, whatever the ids hold.
    @Test func commaSeparatedValues() throws {
        let ids = [
            "plain", "a,b", "\"", "say \"hi\"", "line\nbreak", "carriage\rreturn", " space ", "\ttab", "é👩‍💻",
            "'", "a;b", "\"\"",
        ]
        let exposures = ids.indices.map { index in
            Exposure(
                user: index % 3 == 0 ? nil : ids[index], session: ids[(index + 1) % ids.count],
                request: index % 2 == 0 ? nil : ids[(index + 2) % ids.count], item: ids[(index + 3) % ids.count],
                at: UInt64(index) * 1_500_000_000, rank: index % 4 == 0 ? nil : UInt32(index))
        }
        let events = ExposureColumns(exposures)
        let form = CSVForm()
        var text = form.eventHeading()
        for row in 0..<events.count { form.append(row, of: events, ChoppedPartition.key, to: &text) }
        let records = try records(String(decoding: text, as: UTF8.self))
        #expect(records.first == EventField.allCases.map(\.rawValue))
        let expected = events.exposures.map { event in
            [
                "1", "\(Timestamp(day: ChoppedPartition.key.day, nanosecondOfDay: event.nanosecondOfDay))", "demo",
                "home", event.user ?? "", event.session, event.request ?? "", event.item,
                event.rank.map { "\($0)" } ?? "",
            ]
        }
        #expect(records.dropFirst().map { $0.map { Array($0.utf8) } } == expected.map { $0.map { Array($0.utf8) } })
    }
}
