import Events
import Platform

/// A catalog in CSV: a header that names the columns, in any order and in any case, and a row for each item.
struct CSVCatalogParser: CatalogParser {
    private let reader: CSVReader
    private var columns: Columns?

    init(maximumRecordByteCount: Int) {
        reader = CSVReader(maximumRecordByteCount: maximumRecordByteCount)
    }

    mutating func read(_ chunk: borrowing LineChunk, _ body: (borrowing CatalogRow) throws -> Void) throws {
        do {
            try reader.read(chunk) { record in
                guard let columns else {
                    columns = try Columns(record)
                    return
                }
                try body(try columns.row(record))
            }
        } catch let problem as CSVProblem {
            throw CatalogProblem(line: problem.line, reason: problem.reason)
        }
    }

    mutating func finish() throws {
        do {
            try reader.finish()
        } catch {
            throw CatalogProblem(line: error.line, reason: error.reason)
        }
    }
}

/// Where the columns of a catalog stand in its records.
private struct Columns {
    private let count: Int
    private let item: Int
    private let tags: Int
    private let namespace: Int?

    init(_ header: borrowing CSVRecord) throws(CatalogProblem) {
        let names = (0..<header.fieldCount).map { Columns.name(header[$0]) }
        count = names.count
        for key in CatalogKey.allCases where names.count(where: { $0 == key.rawValue }) > 1 {
            throw CatalogProblem(line: header.line, reason: "the header has \(key.rawValue) twice")
        }
        item = try Columns.first(of: CatalogKey.items, in: names, line: header.line)
        tags = try Columns.first(of: CatalogKey.tagLists, in: names, line: header.line)
        namespace = names.firstIndex(of: CatalogKey.namespace.rawValue)
    }

    @_lifetime(copy record)
    func row(_ record: borrowing CSVRecord) throws(CatalogProblem) -> CatalogRow {
        guard record.fieldCount == count else {
            throw CatalogProblem(
                line: record.line, reason: "\(record.fieldCount) fields, the header has \(count)")
        }
        let item = record[item]
        // Without the column every item is for all surfaces, as with an empty field.
        guard let namespace else {
            return CatalogRow(line: record.line, item: item, tags: record[tags], namespace: item.extracting(first: 0))
        }
        return CatalogRow(line: record.line, item: item, tags: record[tags], namespace: record[namespace])
    }

    private static func first(of keys: [CatalogKey], in names: [String], line: Int) throws(CatalogProblem) -> Int {
        if let index = keys.lazy.compactMap({ names.firstIndex(of: $0.rawValue) }).first { return index }
        throw CatalogProblem(
            line: line, reason: "the header has no \(keys[0].rawValue)",
            remedy: "begin with a line that names the columns, at least item_id and tags, with commas between them")
    }

    private static func name(_ field: Span<UInt8>) -> String {
        let range = WhiteSpace.trim(field, field.indices)
        return String(decoding: range.map { field[$0] }, as: UTF8.self).lowercased()
    }
}
