import Columns
import Commands
import Platform

extension FileSummary {
    /// The summary for people.
    var lines: [String] {
        let start = [Fact("type", "\(type), format \(format)")] + identity + parameters
        let facts = start + [Fact("bytes", byteCount), Fact("sha256", digest.hexadecimal)] + checks
        return Fact.lines(facts) + (columns.isEmpty ? [] : [""] + table.lines())
    }

    private var checks: [Fact] {
        [
            Fact("header", headerProblem?.detail ?? "ok"), Fact("footer", footerProblem?.detail ?? "ok"),
            Fact("blocks", blocks),
        ]
    }

    private var blocks: String {
        if footerProblem != nil && columns.isEmpty { return "cannot be located without the footer" }
        let count = footerProblem == nil ? blockCount.grouped : "\(blockCount.grouped) by the damaged footer"
        return damagedBlockCount > 0 ? "\(count), \(damagedBlockCount.grouped) damaged" : "\(count), ok"
    }

    private var table: DumpTable {
        let hasDamage = damagedBlockCount > 0
        let headings: [DumpTable.Column] = [
            .init("COLUMN", .word), .init("STORED", .number), .init("SHARE", .number),
            .init("BYTES/\(rowName.uppercased())", .number), .init("RATIO", .number),
        ]
        let frameByteCount = byteCount - columns.reduce(0) { $0 + $1.storedByteCount }
        let rows = columns.map { column in
            cells(column.name, column.storedByteCount) + [
                Ratio.quotient(column.rawByteCount, by: column.storedByteCount)
            ] + (hasDamage ? [column.damagedBlockCount.grouped] : [])
        }
        let frame = cells("(header, footer)", frameByteCount) + [""] + (hasDamage ? [""] : [])
        return DumpTable(headings + (hasDamage ? [.init("DAMAGED BLOCKS", .number)] : []), rows + [frame])
    }

    private func cells(_ name: String, _ storedByteCount: Int) -> [String] {
        [
            name, storedByteCount.grouped, Ratio.percent(storedByteCount, of: byteCount),
            rowCount.map { Ratio.bytesPerRow(storedByteCount, $0) } ?? "",
        ]
    }
}
