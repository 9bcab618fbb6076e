import Commands
import FoundationEssentials
import Platform

/// A table for people, which fits the terminal if there is one.
struct DumpTable {
    /// What a column holds.
    enum Kind {
        /// Aligned to the right.
        case number
        /// Words of ours.
        case word
        /// Ids, digests and paths: what makes the table too wide is cut out of their middle, on a terminal alone.
        case text
    }

    struct Column {
        let title: String
        let kind: Kind

        init(_ title: String, _ kind: Kind) {
            self.title = title
            self.kind = kind
        }
    }

    let columns: [Column]
    private(set) var rows: [[String]] = []

    init(_ columns: [Column], _ rows: [[String]] = []) {
        self.columns = columns
        self.rows = rows
    }

    /// Cells of text are taken as they are in the file.
    mutating func append(_ row: [String]) {
        rows.append(row)
    }

    /// The table, its headings first; nothing without rows.
    ///
    /// Where cutting texts does not make it fit, its last columns are left out, and a last line names them.
    func lines(width: Int? = DumpTable.terminalWidth) -> [String] {
        if rows.isEmpty { return [] }
        let cells = rows.map { row in
            zip(row, columns).map { cell, column in column.kind == .text ? DisplayText.line(cell) : cell }
        }
        let natural = columns.indices.map { column in
            cells.reduce(columns[column].title.count) { max($0, $1[column].count) }
        }
        let widths = width.map { fitted(natural, to: $0) } ?? natural
        let shown = Array(columns.prefix(widths.count))
        let layout = TableLayout(columns: shown, widths: widths)
        let hidden = columns.dropFirst(shown.count).map(\.title).joined(separator: ", ")
        return [layout.line(shown.map(\.title))] + cells.map { layout.line(Array($0.prefix(shown.count))) }
            + (hidden.isEmpty ? [] : ["(no room for \(hidden))"])
    }

    /// The widths of the columns of which there is room in `width`, at least one, and whose texts can be cut.
    private func fitted(_ natural: [Int], to width: Int) -> [Int] {
        var widths = natural
        var excess = widths.reduce(0, +) + TableLayout.gap * (widths.count - 1) - width
        while excess > 0 {
            // The widest gives way, so that short texts stay whole.
            let candidates = widths.indices.filter { columns[$0].kind == .text && widths[$0] > DumpTable.leastWidth }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else {
                return widths.count == 1 ? widths : fitted(natural.dropLast(), to: width)
            }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    /// No text is cut to less.
    static let leastWidth = 8

    /// Columns of the terminal that standard output is, or as many as COLUMNS says; nil if it is no terminal.
    static var terminalWidth: Int? {
        guard let width = Terminal.outputColumnCount else { return nil }
        let environment = ProcessInfo.processInfo.environment
        guard let text = environment["COLUMNS"], let columns = Int(text), columns > 0 else { return width }
        return columns
    }
}

/// The widths of columns: for tables whose rows are not all known when the first is printed.
struct TableLayout {
    let columns: [DumpTable.Column]
    let widths: [Int]

    /// Spaces between columns.
    static let gap = 2

    /// A row, cut and padded, without blanks at its end.
    func line(_ cells: [String]) -> String {
        var line = ""
        let last = cells.lastIndex { !$0.isEmpty } ?? -1
        for column in 0..<last + 1 {
            let cell =
                columns[column].kind == .text
                ? DisplayText.shortened(cells[column], to: widths[column]) : cells[column]
            let isNumber = columns[column].kind == .number
            // Nothing is padded at the end of the line, where a column may be as wide as can be.
            let missing = isNumber || column < last ? max(0, widths[column] - cell.count) : 0
            let padding = String(repeating: " ", count: missing)
            line += isNumber ? padding + cell : cell + padding
            if column < last { line += String(repeating: " ", count: TableLayout.gap) }
        }
        return line
    }
}
