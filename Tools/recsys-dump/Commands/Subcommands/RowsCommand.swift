import ArgumentParser
import Artifacts
import Columns
import Commands
import Platform

/// `rows`
struct RowsCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "rows",
        abstract: "Prints the rows, or some of them; those of a partition are events that can be ingested again.",
        usage: "recsys-dump rows FILE [--user ID] [--item ID] [--from TIME] [--to TIME] [--head N] [<options>]",
        discussion: """
            recsys-dump rows 2026-01-01.rspart --head 5
            recsys-dump rows 2026-01-01.rspart --user u-003 --from 09:00 --to 12:00
            recsys-dump rows 2026-01-01.rspart --sample 1000 --format csv
            """)

    @OptionGroup var source: FileOptions
    @OptionGroup var options: RowOptions

    @Option(name: .long, help: "The form: JSON Lines, or comma-separated values.")
    var format: RowFormName = .jsonl

    @Flag(
        name: .customLong("skip-damaged"), help: "Leave out what is damaged and print the rest; exit with 5 if any is.")
    var skipsDamaged = false

    var resultFormat: ResultFormat { .text }

    func execute() throws -> CommandResult {
        let dump = try source.open()
        do {
            return try CommandResult([], of: dump, damage: try print(dump)) { _ in }
        } catch let error as FormatError where error.code == .corrupt && !skipsDamaged && dump.footerProblem == nil {
            throw DumpError.damagedFile(error)
        }
    }

    /// Prints the rows.
    ///
    /// - Returns: What is damaged, though all was printed that was to be.
    private func print(_ dump: DumpFile) throws -> [any Failure] {
        let content = skipsDamaged ? try dump.content.get() : try dump.reliableContent()
        let damage = skipsDamaged ? try DamageMap(of: dump) : .none
        let (leftOutCount, total): (Int, Int)
        switch content {
        case .partition(let reader):
            var printer = try EventPrinter(reader, options, format.form, damage)
            for reason in printer.emptiness { StandardOutput.note("\(dump.file.path): \(reason)") }
            (leftOutCount, total) = (try printer.print(), reader.rowCount)
        case .artifact(let rows):
            if let filter = options.eventFilter {
                throw DumpError.partitionsOnly(option: filter, path: dump.file.path)
            }
            var printer = RankedRowPrinter(rows, options, format.form, damage)
            (leftOutCount, total) = (try printer.print(), RankedRowPrinter.rowCount(of: rows))
        }
        let sections = damage.sections(of: dump)
        let blocks: DumpError? =
            if leftOutCount > 0 {
                .damagedRows(leftOutCount, of: total, sections: sections, path: dump.file.path)
            } else if !damage.blocks.isEmpty {
                .damagedBlocks(damage.blocks.count, path: dump.file.path)
            } else {
                nil
            }
        let problems: [(any Failure)?] = [blocks, dump.headerProblem, dump.misplacement]
        return problems.compactMap { $0 }
    }
}
