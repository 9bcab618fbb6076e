import Builders
import Columns
import Platform

/// Artifacts as lines of values separated by tabs, for tables and scripts: one line per entry, below a header.
///
/// In ids and tags a backslash, a tab, a line feed and a carriage return are `\\`, `\t`, `\n` and `\r`. Counts are
/// whole numbers, scores the shortest decimals that read back as the same numbers.
package enum TSVWriter {
    /// Hands the text, which ends with a line break, to `sink` piece by piece.
    ///
    /// - Throws: `StorageError` if the rows are in a file that cannot be read; whatever `sink` throws.
    package static func write(_ artifact: Artifact, to sink: ([UInt8]) throws -> Void) throws {
        let rows = artifact.rows
        var cursor = RankedRowsCursor(rows)
        var text = Array(header(of: artifact.key.kind).utf8)
        for row in 0..<rows.rowCount {
            let start = rows.rowKeys.isEmpty ? [] : escaped(rows.rowKeys[row]) + [tab]
            let count = try cursor.readRow() ?? 0
            for _ in 0..<count {
                let entry = try cursor.readEntry()
                text += start
                append(rows.memberKeys[entry.member], to: &text)
                append(entry.value, to: &text)
                text.append(newline)
                if text.count > 1 << 16 {
                    try sink(text)
                    text.removeAll(keepingCapacity: true)
                }
            }
        }
        try sink(text)
    }

    private static let tab = UInt8(ascii: "\t")
    private static let newline = UInt8(ascii: "\n")

    /// The names of the columns, as a line.
    private static func header(of kind: ArtifactKind) -> String {
        switch kind.form {
        case .ranking: "item\tscore\n"
        case .neighbors: "item\tneighbour\tscore\n"
        case .users: "user\titem\tscore\n"
        case .tags: "item\ttag\n"
        }
    }

    private static func append(_ value: RankedRows.Value, to text: inout [UInt8]) {
        switch value {
        case .none: return
        case .count(let count): text += "\t\(count)".utf8
        case .score(let score):
            text.append(tab)
            text += JSONWriter.text(style: .compact) { $0.number(score) }
        }
    }

    private static func escaped(_ id: Span<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        append(id, to: &text)
        return text
    }

    private static func append(_ id: Span<UInt8>, to text: inout [UInt8]) {
        for index in id.indices {
            switch id[index] {
            case UInt8(ascii: "\\"): text += "\\\\".utf8
            case tab: text += "\\t".utf8
            case newline: text += "\\n".utf8
            case UInt8(ascii: "\r"): text += "\\r".utf8
            case let byte: text.append(byte)
            }
        }
    }
}
