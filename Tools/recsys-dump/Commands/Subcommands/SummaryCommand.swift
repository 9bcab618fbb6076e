import ArgumentParser
import Commands
import Platform

/// `summary`
struct SummaryCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "summary",
        abstract: "Tells what a file is, whose, of when, how large, whether it is intact, and what made it.",
        usage: "recsys-dump [summary] FILE [--out-dir DIR] [--format text|json]")

    @OptionGroup var source: FileOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var result: ResultOptions
    var resultFormat: ResultFormat { result.format }

    func execute() throws -> CommandResult {
        let dump = try source.open()
        let summary = try FileSummary(dump)
        let provenance = try FileProvenance(of: dump, digest: summary.digest, in: store.layout())
        let damage = summary.damage + provenance.damage
        return try CommandResult(summary.lines + [""] + provenance.lines, of: dump, damage: damage) { json in
            json.members(of: summary)
            json.member(provenance)
        }
    }
}
