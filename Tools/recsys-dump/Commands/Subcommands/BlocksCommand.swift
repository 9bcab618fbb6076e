import ArgumentParser
import Columns
import Commands
import Platform

/// `blocks`
struct BlocksCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "blocks", abstract: "Reads every block of a file: where it is, how it is stored, what is damaged.",
        usage: "recsys-dump blocks FILE [--section NAME] [--format text|json]")

    @OptionGroup var source: FileOptions
    @OptionGroup var result: ResultOptions
    var resultFormat: ResultFormat { result.format }

    @Option(name: .long, help: "Only the blocks of this section; `columns` lists them.")
    var section: String?

    func execute() throws -> CommandResult {
        let dump = try source.open()
        let zstandard = Zstandard()
        let names = dump.inspection.blocks.map { dump.inspection.format.sectionName($0.place.section) }
        if let section, !names.contains(section), !names.isEmpty {
            throw DumpError.noSuchName(section, of: "section", path: dump.file.path, names: Set(names).sorted())
        }
        var reports: [BlockReport] = []
        for (block, name) in zip(dump.inspection.blocks, names) where section == nil || section == name {
            try Cancellation.check()
            reports.append(BlockReport(block, of: dump, using: zstandard))
            if let index = block.readerIndex { dump.container.releasePages(ofBlocks: index...index) }
        }
        let damage = dump.problems + reports.compactMap(\.problem)
        let blocks = reports
        return try CommandResult(BlockReport.table(blocks).lines(), of: dump, damage: damage) { json in
            json.key("blocks")
            json.array { json in for block in blocks { json.object { $0.members(of: block) } } }
        }
    }
}

extension BlockReport {
    fileprivate static func table(_ blocks: [BlockReport]) -> DumpTable {
        let columns: [DumpTable.Column] = [
            .init("SECTION", .word), .init("PART", .word), .init("BLOCK", .number), .init("CHECK", .word),
            .init("ROWS", .number), .init("STORED", .number), .init("RAW", .number), .init("ENCODING", .word),
            .init("OFFSET", .number), .init("LEAST", .number), .init("GREATEST", .number),
        ]
        let rows = blocks.map { block in
            [
                block.section, block.entry.partName, block.place.number.grouped, block.verdict,
                block.entry.rowCount.grouped, block.entry.storedByteCount.grouped, block.entry.rawByteCount.grouped,
                // As messages say it, so that one can be searched for in the other.
                block.entry.storageName, "\(block.place.offset)",
            ] + (block.range?.texts ?? ["", ""])
        }
        return DumpTable(columns, rows)
    }
}

extension JSONWriter {
    fileprivate mutating func members(of block: BlockReport) {
        member("section", block.section)
        member("block", block.place.number)
        if !block.entry.partName.isEmpty { member("part", block.entry.partName) }
        member("offset", block.place.offset)
        member("rows", block.entry.rowCount)
        member("encoding", block.entry.encodingName)
        member("codec", block.entry.codecName)
        member("raw_bytes", block.entry.rawByteCount)
        member("stored_bytes", block.entry.storedByteCount)
        if block.isKnown {
            key("intact")
            boolean(block.problem == nil)
        }
        switch block.range {
        case .numbers(let least, let greatest), .times(let least, let greatest):
            member("least", least)
            member("greatest", greatest)
        case .scores(let least, let greatest):
            key("least")
            number(least)
            key("greatest")
            number(greatest)
        case nil: break
        }
        if let problem = block.problem { member("problem", problem.detail) }
    }
}
