package import ArgumentParser
import Commands

/// Shows what is inside partition and artifact files. It never changes one.
package struct RecsysDump: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "recsys-dump",
        abstract: "Looks into a partition (.rspart) or an artifact (.rsart), however damaged it is.",
        usage: "recsys-dump [<subcommand>] FILE [<options>]",
        discussion: """
            recsys-dump 2026-01-01.rspart
            recsys-dump rows 2026-01-01.rspart --user u-003
            recsys-dump rows 2026-01-01.rspart | recsys-pipelines ingest -
            recsys-dump neighbors 0f3a...c1.rsart sku-0001

            It never changes a file. Of a damaged one it shows what can be read, and ends with exit code 5.
            """,
        version: "0.1.0",
        subcommands: [
            SummaryCommand.self, ColumnsCommand.self, BlocksCommand.self, DictionaryCommand.self, RowsCommand.self,
            TopCommand.self, NeighborsCommand.self, UserCommand.self, TagsCommand.self, LookupsCommand.self,
        ],
        defaultSubcommand: SummaryCommand.self)

    package init() {}
}
