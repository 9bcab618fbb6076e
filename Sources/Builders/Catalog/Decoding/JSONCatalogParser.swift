import CSimdjson
import Platform

/// A catalog in JSON Lines: an object for each item, its keys in any order.
struct JSONCatalogParser: CatalogParser {
    private let decoder: CatalogDecoder
    private let maximumLineByteCount: Int
    private var lineCount = 0

    init(maximumLineByteCount: Int) {
        decoder = CatalogDecoder(maximumLineByteCount: maximumLineByteCount)
        self.maximumLineByteCount = maximumLineByteCount
    }

    mutating func read(_ chunk: borrowing LineChunk, _ body: (borrowing CatalogRow) throws -> Void) throws {
        let linesBefore = lineCount
        lineCount += try decoder.decode(chunk) { batch in
            for index in batch.items.indices {
                let item = batch.items[index]
                try body(
                    CatalogRow(
                        line: linesBefore + Int(item.line) + 1, item: batch.bytes(item.item),
                        tags: batch.bytes(item.tags), namespace: batch.bytes(item.name_space)))
            }
            if let bad = batch.badLine {
                throw CatalogProblem(line: linesBefore + batch.lineCount + 1, reason: reason(bad))
            }
            return batch.lineCount
        }
    }

    /// A catalog may end after any line.
    mutating func finish() {}

    private func reason(_ line: DecodedCatalog.BadLine) -> String {
        let subject = CatalogKey(line.key).map { "\($0.rawValue): " } ?? ""
        switch line.problem {
        case RECSYS_PROBLEM_NOT_OBJECT: return "not a JSON object"
        case RECSYS_PROBLEM_TRAILING_CONTENT: return "something follows the JSON object on its line"
        case RECSYS_PROBLEM_MISSING: return subject + "missing"
        case RECSYS_PROBLEM_DUPLICATE: return subject + "given twice"
        case RECSYS_PROBLEM_NOT_STRING: return subject + "not a string"
        case RECSYS_PROBLEM_NOT_STRINGS: return subject + "neither a string nor an array of strings"
        case RECSYS_PROBLEM_LINE_TOO_LONG: return "longer than \(maximumLineByteCount) bytes"
        case _ where line.hasByteOrderMark: return "begins with a byte order mark; save the file without one"
        default: return subject + "not valid JSON: \(line.jsonReason)"
        }
    }
}

extension CatalogKey {
    /// The key of that number in the decoder, or nil for none.
    fileprivate init?(_ key: recsys_catalog_key) {
        switch key {
        case RECSYS_KEY_ITEM_ID: self = .itemID
        case RECSYS_KEY_ID: self = .id
        case RECSYS_KEY_ITEMID: self = .itemid
        case RECSYS_KEY_TAGS: self = .tags
        case RECSYS_KEY_TAG_LIST: self = .tagList
        case RECSYS_KEY_NAMESPACE: self = .namespace
        default: return nil
        }
    }
}
