import FoundationEssentials
import Platform
import SystemPackage

/// Reads the items of a catalog: a `.csv` file with a header, or a `.jsonl` file of objects.
///
/// Columns and keys, in any order: `item_id` (or `id`, `itemid`), `tags` (or `tag_list`), `namespace`; others are
/// ignored.
enum CatalogReader {
    /// Hands each item to `body` with its line, from 1.
    ///
    /// - Throws: `CatalogError` at the first row that is malformed; `StorageError`.
    static func read(_ path: FilePath, _ body: (CatalogItem, Int) throws -> Void) throws {
        let text = try File.read(path)
        switch path.extension?.lowercased() {
        case "csv": try readCSV(text, path, body)
        case "jsonl", "ndjson": try readJSONLines(text, path, body)
        default: throw CatalogError(place: path.string, reason: "neither .csv nor .jsonl by its name")
        }
    }

    private static func readCSV(
        _ text: [UInt8], _ path: FilePath, _ body: (CatalogItem, Int) throws -> Void,
    ) throws {
        var header: CatalogHeader?
        do {
            try CSVReader.read(text) { fields, line in
                guard let header else {
                    header = try CatalogHeader(fields, path)
                    return
                }
                guard fields.count == header.columnCount else {
                    throw problem(path, line, "\(fields.count) fields, the header has \(header.columnCount)")
                }
                guard let item = header.item(fields) else { throw problem(path, line, "item_id: empty") }
                try body(item, line)
            }
        } catch let error as CSVProblem {
            throw problem(path, error.line, error.reason)
        }
    }

    private static func readJSONLines(
        _ text: [UInt8], _ path: FilePath, _ body: (CatalogItem, Int) throws -> Void,
    ) throws {
        let decoder = JSONDecoder()
        for (index, line) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
        where !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
            guard let row = try? decoder.decode(CatalogRow.self, from: Data(line)) else {
                throw problem(path, index + 1, "not a JSON object with a text item_id and texts as tags")
            }
            let item = CatalogItem(id: row.id, namespace: row.namespace, tags: row.tags)
            guard let item else { throw problem(path, index + 1, "item_id: empty") }
            try body(item, index + 1)
        }
    }

    private static func problem(_ path: FilePath, _ line: Int, _ reason: String) -> CatalogError {
        CatalogError(place: "\(path):\(line)", reason: reason)
    }
}

/// The columns of a catalog in CSV.
private struct CatalogHeader {
    let columnCount: Int
    private let id: Int
    private let tags: Int
    private let namespace: Int?

    init(_ names: [String], _ path: FilePath) throws(CatalogError) {
        let names = names.map { $0.lowercased() }
        columnCount = names.count
        guard let id = CatalogRow.idNames.lazy.compactMap({ names.firstIndex(of: $0) }).first else {
            throw CatalogError(place: "\(path):1", reason: "the header has no item_id")
        }
        guard let tags = CatalogRow.tagNames.lazy.compactMap({ names.firstIndex(of: $0) }).first else {
            throw CatalogError(place: "\(path):1", reason: "the header has no tags")
        }
        self.id = id
        self.tags = tags
        namespace = names.firstIndex(of: CatalogRow.namespaceName)
    }

    func item(_ fields: [String]) -> CatalogItem? {
        CatalogItem(id: fields[id], namespace: namespace.map { fields[$0] }, tags: [fields[tags]])
    }
}

/// A line of a catalog in JSON Lines.
private struct CatalogRow: Decodable {
    let id: String?
    let tags: [String]
    let namespace: String?

    static let idNames = ["item_id", "id", "itemid"]
    static let tagNames = ["tags", "tag_list"]
    static let namespaceName = "namespace"

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Key.self)
        id = try CatalogRow.idNames.lazy.compactMap { try members.decodeIfPresent(String.self, forKey: Key($0)) }.first
        namespace = try members.decodeIfPresent(String.self, forKey: Key(CatalogRow.namespaceName))
        tags = try CatalogRow.tagNames.lazy.map(Key.init).filter(members.contains).flatMap { key in
            if let text = try? members.decode(String.self, forKey: key) { return [text] }
            return try members.decodeIfPresent([String].self, forKey: key) ?? []
        }
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
