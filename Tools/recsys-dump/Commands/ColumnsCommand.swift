import ArgumentParser
import Commands
import Platform

/// `columns`
struct ColumnsCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "columns", abstract: "Lists the sections of a file: blocks, values, sizes, encodings.",
        usage: "recsys-dump columns FILE [--format text|json]")

    @Argument(help: "A partition or an artifact.")
    var file: String

    @OptionGroup var result: ResultOptions
    var resultFormat: ResultFormat { result.format }

    func execute() throws -> CommandResult {
        let sections = SectionSummary.all(of: try DumpFile.open(path: file).container)
        return CommandResult(SectionSummary.table(sections)) { json in
            json.key("sections")
            json.array { json in for section in sections { json.object { $0.members(of: section) } } }
        }
    }
}

extension JSONWriter {
    fileprivate mutating func members(of section: SectionSummary) {
        member("section", section.name)
        member("blocks", section.blockCount)
        member("values", section.rowCount)
        member("raw_bytes", section.rawByteCount)
        member("stored_bytes", section.storedByteCount)
        key("encodings")
        array { json in for encoding in section.encodings { json.string(encoding) } }
    }
}
