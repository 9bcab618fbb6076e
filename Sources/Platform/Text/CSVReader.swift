import CLibCSV

/// Reads comma-separated values (RFC 4180): quoted fields may hold commas, quotes and line breaks.
package enum CSVReader {
    /// Hands each record to `body`, with the number, from 1, of the line on which it begins. Blank lines are no
    /// records.
    ///
    /// - Throws: `CSVProblem` at the first record that is malformed; whatever `body` throws.
    package static func read(_ text: [UInt8], _ body: ([String], Int) throws -> Void) throws {
        let parser = RecordParser()
        for (index, line) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            try parser.feed(Array(line) + [UInt8(ascii: "\n")], line: index + 1)
            if let record = try parser.takeRecord() { try body(record.fields, record.line) }
        }
        guard parser.isBetweenRecords else {
            throw CSVProblem(line: parser.startLine, reason: "a quote is never closed")
        }
    }
}

/// A record that is malformed.
package struct CSVProblem: Error, Sendable {
    /// Lines are counted from 1.
    package let line: Int
    package let reason: String
}

/// libcsv, fed a line at a time so that a record's line is known.
@safe private final class RecordParser {
    private var parser = unsafe csv_parser()
    private var fields: [[UInt8]] = []
    private var isComplete = false
    /// True if a carriage return alone has ended a record in the middle of a line.
    private var hasSecondRecord = false
    private(set) var isBetweenRecords = true
    private(set) var startLine = 1

    init() {
        unsafe csv_init(&parser, UInt8(CSV_STRICT))
    }

    deinit {
        unsafe csv_free(&parser)
    }

    func feed(_ bytes: [UInt8], line: Int) throws(CSVProblem) {
        let wasBetweenRecords = isBetweenRecords
        if wasBetweenRecords { startLine = line }
        isBetweenRecords = false
        let box = unsafe Unmanaged.passUnretained(self).toOpaque()
        let parsed = unsafe csv_parse(
            &parser, bytes, bytes.count,
            { text, count, box in unsafe RecordParser.from(box)?.endField(text, count) },
            { _, box in unsafe RecordParser.from(box)?.endRecord() }, box)
        guard parsed == bytes.count else {
            throw CSVProblem(line: line, reason: "a quote stands inside a field that does not begin with one")
        }
        guard !hasSecondRecord else {
            throw CSVProblem(line: line, reason: "a carriage return stands alone; lines end with LF or CR LF")
        }
        // A blank line leaves the parser where it was; inside a quoted field it is text.
        let isBlank = bytes.allSatisfy { $0 == 0x0A || $0 == 0x0D || $0 == 0x20 || $0 == 0x09 }
        if wasBetweenRecords, fields.isEmpty, isBlank { isBetweenRecords = true }
    }

    /// The record that ended on the line fed last, if one did.
    func takeRecord() throws(CSVProblem) -> (fields: [String], line: Int)? {
        guard isComplete else { return nil }
        defer {
            fields.removeAll()
            isComplete = false
            isBetweenRecords = true
        }
        var texts: [String] = []
        for field in fields {
            guard let text = String(validating: field.rawSpan) else {
                throw CSVProblem(line: startLine, reason: "field \(texts.count + 1) is not UTF-8")
            }
            texts.append(text)
        }
        return (texts, startLine)
    }

    private func endRecord() {
        hasSecondRecord = isComplete
        isComplete = true
    }

    private func endField(_ text: UnsafeMutableRawPointer?, _ count: Int) {
        fields.append(unsafe Array(UnsafeRawBufferPointer(start: text, count: count)))
    }

    private static func from(_ box: UnsafeMutableRawPointer?) -> RecordParser? {
        unsafe box.map { unsafe Unmanaged<RecordParser>.fromOpaque($0).takeUnretainedValue() }
    }
}
