import Artifacts
import Builders
import Columns
import Events
import Platform

/// Rows as comma-separated values (RFC 4180), a heading first: the fields of events, or a record for each entry of an
/// artifact. What an event does not have is an empty field.
struct CSVForm: RowForm {
    func eventHeading() -> [UInt8] {
        CSVForm.record(EventField.allCases.map { Array($0.rawValue.utf8) })
    }

    func append(_ row: Int, of events: ExposureColumns, _ key: PartitionKey, to text: inout [UInt8]) {
        let ids = [events.users, events.sessions, events.requests, events.items].map { CSVForm.id(row, of: $0) }
        let rank = events.ranks[row] > 0 ? Array("\(events.ranks[row] - 1)".utf8) : []
        text += CSVForm.record(
            [
                Array("1".utf8), Array(events.timestamp(row, of: key).description.utf8),
                Array(key.surfaceKey.tenant.text.utf8), Array(key.surfaceKey.surface.text.utf8),
            ] + ids + [rank])
    }

    func artifactHeading(_ kind: ArtifactKind, _ values: RankedRows.ValueKind) -> [UInt8] {
        let ids: [String] =
            switch kind.form {
            case .ranking: ["item_id"]
            case .neighbors: ["item_id", "neighbor_id"]
            case .users: ["user_id", "item_id"]
            case .tags: ["item_id", "tag"]
            }
        let value: [String] =
            switch values {
            case .none: []
            case .counts: ["count"]
            case .scores: ["score"]
            }
        return CSVForm.record((ids + value).map { Array($0.utf8) })
    }

    func append(_ row: Int, of rows: SpelledRows, to text: inout [UInt8]) {
        let key = rows.kind.form == .ranking ? [] : [rows.keys.bytes(at: row)]
        for entry in rows.entries[row] {
            let value: [[UInt8]] =
                switch entry.value {
                case .none: []
                case .count(let count): [Array("\(count)".utf8)]
                case .score(let score): [JSONWriter.text(style: .compact) { $0.number(score) }]
                }
            text += CSVForm.record(key + [rows.ids.bytes(at: entry.member)] + value)
        }
    }

    private static func id(_ row: Int, of column: CodedColumn) -> [UInt8] {
        let code = Int(column.codes[row])
        return code == 0 ? [] : column.dictionary.bytes(at: code - 1)
    }

    /// The fields as a line.
    private static func record(_ fields: [[UInt8]]) -> [UInt8] {
        var record: [UInt8] = []
        for (index, field) in fields.enumerated() {
            if index > 0 { record.append(UInt8(ascii: ",")) }
            append(field, to: &record)
        }
        record += "\r\n".utf8
        return record
    }

    /// A field, in quotes where it must be, or where readers might take white space at its ends for none of it.
    private static func append(_ field: [UInt8], to record: inout [UInt8]) {
        let quote = UInt8(ascii: "\"")
        let mustBeQuoted = field.contains { $0 == quote || $0 == UInt8(ascii: ",") || $0 <= UInt8(ascii: " ") }
        guard mustBeQuoted else {
            record += field
            return
        }
        record.append(quote)
        for byte in field {
            if byte == quote { record.append(quote) }
            record.append(byte)
        }
        record.append(quote)
    }
}

extension IdentifierList {
    /// A copy of the bytes of an id.
    fileprivate func bytes(at index: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(contentsOf: self[index])
        return bytes
    }
}
