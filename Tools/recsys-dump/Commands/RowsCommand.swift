import ArgumentParser
import Artifacts
import Builders
import Columns
import Commands
import Events
import Platform

/// `rows`
struct RowsCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "rows",
        abstract: "Prints the rows as JSON Lines; those of a partition are events that can be ingested again.",
        usage: "recsys-dump rows FILE")

    @Argument(help: "A partition or an artifact.")
    var file: String

    var resultFormat: ResultFormat { .text }

    func execute() throws -> CommandResult {
        switch try DumpFile.open(path: file) {
        case .partition(let reader): try PartitionRows(reader).print()
        case .artifact(_, let artifact): try ArtifactRows(artifact).print()
        }
        return CommandResult([]) { _ in }
    }
}

/// Prints lines, many at a time.
struct LinePrinter {
    private var pending: [UInt8] = []

    /// Adds a line with one JSON value.
    mutating func printLine(_ body: (inout JSONWriter) -> Void) throws {
        pending += JSONWriter.text(style: .compact, body)
        pending.append(UInt8(ascii: "\n"))
        if pending.count > 1 << 16 { try flush() }
    }

    /// Prints what is pending.
    ///
    /// - Throws: `Interruption` if a signal asks to stop; `ClosedPipe`; `StorageError`.
    mutating func flush() throws {
        try Cancellation.check()
        try StandardOutput.write(pending)
        pending.removeAll(keepingCapacity: true)
    }
}

/// The events of a partition.
struct PartitionRows {
    private let columns: ExposureColumns
    private let key: PartitionKey

    init(_ reader: PartitionReader) throws(FormatError) {
        columns = try reader.columns(using: Zstandard())
        key = reader.statistics.key
    }

    func print() throws {
        var printer = LinePrinter()
        for row in 0..<columns.count { try printer.printLine { json in write(row, to: &json) } }
        try printer.flush()
    }

    private func write(_ row: Int, to json: inout JSONWriter) {
        let timestamp = Timestamp(day: key.day, nanosecondOfDay: columns.nanosecondsOfDay[row])
        json.object { json in
            json.member("v", 1)
            json.member("ts", timestamp.description)
            json.member("tenant", key.surfaceKey.tenant.text)
            json.member("surface", key.surfaceKey.surface.text)
            write(.user, "user_id", row, to: &json)
            write(.session, "session_id", row, to: &json)
            write(.request, "request_id", row, to: &json)
            write(.item, "item_id", row, to: &json)
            if columns.ranks[row] > 0 { json.member("rank", columns.ranks[row] - 1) }
        }
    }

    private func write(_ column: IdentifierColumn, _ name: StaticString, _ row: Int, to json: inout JSONWriter) {
        let code = Int(columns[column].codes[row])
        guard code > 0 else { return }
        json.key(name)
        json.string(columns[column].dictionary[code - 1])
    }
}

/// The rows of an artifact.
struct ArtifactRows {
    private let artifact: Artifact

    init(_ artifact: Artifact) {
        self.artifact = artifact
    }

    func print() throws {
        var printer = LinePrinter()
        var cursor = RankedRowsCursor(artifact.rows)
        for row in 0..<artifact.rows.rowCount {
            let entries = try entries(&cursor)
            if artifact.key.kind == .popularity {
                for entry in entries { try printer.printLine { write(entry, to: &$0) } }
            } else {
                try printer.printLine { json in write(row, entries, to: &json) }
            }
        }
        try printer.flush()
    }

    /// Those of the next row.
    private func entries(_ cursor: inout RankedRowsCursor) throws(StorageError) -> [RankedRows.Entry] {
        var entries: [RankedRows.Entry] = []
        let count = try cursor.readRow() ?? 0
        for _ in 0..<count { entries.append(try cursor.readEntry()) }
        return entries
    }

    private func write(_ row: Int, _ entries: [RankedRows.Entry], to json: inout JSONWriter) {
        let isOfUsers = artifact.key.kind == .implicit || artifact.key.kind == .sessionSeq
        json.object { json in
            json.key(isOfUsers ? "user_id" : "item_id")
            json.string(artifact.rows.rowKeys[row])
            json.key(artifact.key.kind == .contentSim ? "tags" : "items")
            json.array { json in for entry in entries { write(entry, to: &json) } }
        }
    }

    private func write(_ entry: RankedRows.Entry, to json: inout JSONWriter) {
        let memberKeys = artifact.rows.memberKeys
        if case .none = entry.value { return json.string(memberKeys[entry.member]) }
        json.object { json in
            json.key("item_id")
            json.string(memberKeys[entry.member])
            switch entry.value {
            case .none: break
            case .count(let count): json.member("count", count)
            case .score(let score):
                json.key("score")
                json.number(score)
            }
        }
    }
}
