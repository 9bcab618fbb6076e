import ArgumentParser
import Columns
import Commands
import Platform

/// `dictionary`
struct DictionaryCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "dictionary", abstract: "Lists the distinct ids of a file, each with its number.",
        usage: "recsys-dump dictionary FILE NAME [--prefix TEXT] [--head N] [--counts] [--format text|json]",
        discussion: """
            recsys-dump dictionary 2026-01-01.rspart item --head 20 --counts
            recsys-dump dictionary 0f3a...c1.rsart row --prefix sku-00
            """)

    @OptionGroup var source: FileOptions

    @Argument(help: "user, session, request or item of a partition; row or member of an artifact.")
    var name: String

    @Option(name: .long, help: "Only ids that begin so.")
    var prefix = ""

    @Flag(name: .long, help: "Count the rows, or the entries, that have each id.")
    var counts = false

    @OptionGroup var list: ListOptions
    var resultFormat: ResultFormat { list.result.format }

    func execute() throws -> CommandResult {
        let dump = try source.open()
        let dictionary = try NamedDictionary(name, of: dump)
        let listing = DictionaryListing(
            dictionary: dictionary, prefix: prefix, limit: list.head,
            useCounts: counts ? try dictionary.useCounts() : nil)
        let frame = [dump.headerProblem, dump.misplacement].compactMap { $0 }
        if resultFormat == .text {
            let (count, problems) = try listing.print()
            noteIfEmpty(count, problems, dump)
            return try CommandResult([], of: dump, damage: frame + problems) { _ in }
        }
        var (entries, gaps): ([DictionaryListing.Entry], [Range<Int>]) = ([], [])
        let problems = try listing.forEach {
            entries.append($0)
        } skipping: {
            gaps.append($0)
        }
        noteIfEmpty(entries.count, problems, dump)
        let (ids, unreadable, total) = (entries, gaps, dictionary.lookup.count)
        let (useName, name) = (dictionary.useName, dictionary.name)
        return try CommandResult([], of: dump, damage: frame + problems) { json in
            json.member("dictionary", name)
            json.member("total", total)
            json.key("ids")
            json.array { json in for id in ids { json.object { $0.members(of: id, useName) } } }
            json.unreadable(unreadable)
        }
    }

    /// A typing error looks like a dictionary without such ids.
    private func noteIfEmpty(_ count: Int, _ problems: [FormatError], _ dump: DumpFile) {
        if count > 0 || prefix.isEmpty { return }
        let which = problems.isEmpty ? "no id" : "no id that can be read"
        StandardOutput.note("\(dump.file.path): \(which) of \(name) begins with \"\(DisplayText.line(prefix))\"")
    }
}

extension DictionaryListing {
    /// Prints the entries as a table, line by line: there may be more than fit in memory.
    ///
    /// - Returns: How many there are, and what `forEach` returns.
    /// - Throws: As `forEach` and `LinePrinter.flush`.
    fileprivate func print() throws -> (count: Int, problems: [FormatError]) {
        let numbers = max("NUMBER".count, dictionary.lookup.count.grouped.count)
        var columns: [DumpTable.Column] = [.init("NUMBER", .number)]
        var widths = [numbers]
        if let useCounts {
            let title = dictionary.useName.uppercased()
            columns.append(.init(title, .number))
            widths.append(max(title.count, (useCounts.max() ?? 0).grouped.count))
        }
        let taken = widths.reduce(0, +) + TableLayout.gap * widths.count
        let layout = TableLayout(
            columns: columns + [.init("ID", .text)],
            widths: widths + [DumpTable.terminalWidth.map { max(DumpTable.leastWidth, $0 - taken) } ?? Int.max])
        var printer = LinePrinter()
        try printer.print(line: layout.line(columns.map(\.title) + ["ID"]))
        var count = 0
        let problems = try forEach { entry in
            count += 1
            let cells = [entry.number.grouped] + (entry.useCount.map { [$0.grouped] } ?? [])
            try printer.print(line: layout.line(cells + [DisplayText.line(entry.id)]))
        } skipping: { numbers in
            try printer.print(
                line: "(\(numbers.lowerBound.grouped) to \((numbers.upperBound - 1).grouped) are damaged)")
        }
        try printer.flush()
        return (count, problems)
    }
}

extension JSONWriter {
    /// The numbers of ids that cannot be read, if there are any.
    fileprivate mutating func unreadable(_ ranges: [Range<Int>]) {
        if ranges.isEmpty { return }
        key("unreadable")
        array { json in
            for range in ranges {
                json.object { json in
                    json.member("first", range.lowerBound)
                    json.member("count", range.count)
                }
            }
        }
    }

    fileprivate mutating func members(of entry: DictionaryListing.Entry, _ useName: String) {
        member("number", entry.number)
        member("id", entry.id)
        guard let useCount = entry.useCount else { return }
        key(text: useName)
        integer(useCount)
    }
}
