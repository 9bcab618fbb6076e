import ArgumentParser
import Columns
import Commands
import Platform

/// `columns`
struct ColumnsCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "columns", abstract: "Lists the sections of a file: blocks, values, sizes, encodings.",
        usage: "recsys-dump columns FILE [--format text|json]")

    @OptionGroup var source: FileOptions
    @OptionGroup var result: ResultOptions
    var resultFormat: ResultFormat { result.format }

    func execute() throws -> CommandResult {
        let dump = try source.open()
        let sections = SectionSummary.all(of: dump.inspection)
        let byteCount = dump.file.byteCount
        let blockProblems = dump.inspection.blocks.compactMap(\.problem)
        let table = SectionSummary.table(sections, byteCount: byteCount)
        return try CommandResult(table.lines(), of: dump, damage: dump.problems + blockProblems) { json in
            json.member("bytes", byteCount)
            json.key("sections")
            json.array { json in for section in sections { json.object { $0.members(of: section) } } }
        }
    }
}

extension SectionSummary {
    /// All sections as a table.
    fileprivate static func table(_ sections: [SectionSummary], byteCount: Int) -> DumpTable {
        let columns: [DumpTable.Column] = [
            .init("SECTION", .word), .init("BLOCKS", .number), .init("VALUES", .number), .init("RAW", .number),
            .init("STORED", .number), .init("SHARE", .number), .init("RATIO", .number), .init("ENCODINGS", .text),
        ]
        let rows = sections.map { section in
            [
                section.name, section.blockCount.grouped, section.valueCount.grouped, section.rawByteCount.grouped,
                section.storedByteCount.grouped, Ratio.percent(section.storedByteCount, of: byteCount),
                Ratio.quotient(section.rawByteCount, by: section.storedByteCount),
                section.encodings.joined(separator: " "),
            ]
        }
        return DumpTable(columns, rows)
    }
}

extension JSONWriter {
    fileprivate mutating func members(of section: SectionSummary) {
        member("section", section.name)
        member("blocks", section.blockCount)
        member("values", section.valueCount)
        member("raw_bytes", section.rawByteCount)
        member("stored_bytes", section.storedByteCount)
        key("encodings")
        array { json in for encoding in section.encodings { json.string(encoding) } }
    }
}
