package import ArgumentParser
import Commands

/// Shows what is inside partition and artifact files. It never changes one.
package struct RecsysDump: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "recsys-dump",
        abstract: "Shows what is inside a partition (.rspart) or an artifact (.rsart).",
        usage: "recsys-dump [summary | columns | rows | lookups] FILE",
        discussion: """
            recsys-dump 2026-01-01.rspart
            recsys-dump columns 2026-01-01.rspart
            recsys-dump rows 2026-01-01.rspart | recsys-pipelines ingest -
            """,
        version: "0.1.0",
        subcommands: [SummaryCommand.self, ColumnsCommand.self, RowsCommand.self, LookupsCommand.self],
        defaultSubcommand: SummaryCommand.self)

    package init() {}
}
