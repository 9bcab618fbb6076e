import CLibCSV

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads comma-separated values (RFC 4180) from chunks of lines: quoted fields may hold commas, quotes and line breaks.
///
/// White space around fields that are not quoted is no part of them. Blank lines are no records. For one thread at a
/// time.
@safe package final class CSVReader {
    private var parser = unsafe csv_parser()
    private var fields = FieldBuffer()
    private let maximumRecordByteCount: Int
    /// Length of the byte order mark that an input may begin with.
    package static let byteOrderMarkByteCount = 3

    /// Lines that were read to their ends.
    private var lineCount = 0
    /// The line on which the record begins that has not ended yet; nil between records.
    private var startLine: Int?
    /// Length of what that record has so far, its line breaks included.
    private var recordByteCount = 0

    /// - Parameter maximumRecordByteCount: A longer record is malformed: a quote that is never closed would take the
    ///   rest of the input into memory.
    package init(maximumRecordByteCount: Int) {
        self.maximumRecordByteCount = maximumRecordByteCount
        unsafe csv_init(&parser, UInt8(CSV_STRICT))
    }

    deinit {
        unsafe csv_free(&parser)
    }

    /// Hands each record that ends in the next chunk of the input to `body`. A byte order mark, which spreadsheets
    /// write at the start of an input, is no part of its first record.
    ///
    /// - Throws: `CSVProblem` at the first record that is malformed; whatever `body` throws.
    package func read(_ chunk: borrowing LineChunk, _ body: (borrowing CSVRecord) throws -> Void) throws {
        let lines = chunk.lines
        var start = lineCount == 0 && CSVReader.hasByteOrderMark(lines) ? CSVReader.byteOrderMarkByteCount : 0
        while start < lines.count {
            let end = CSVReader.lineEnd(lines, from: start)
            lineCount += 1
            if let line = try parse(lines.extracting(start..<end)) { try handOut(line, body) }
            start = end
        }
    }

    /// - Throws: `CSVProblem` if the input ends inside a record.
    package func finish() throws(CSVProblem) {
        if let startLine { throw CSVProblem(line: startLine, reason: "a quote is never closed") }
    }

    private func handOut(_ line: Int, _ body: (borrowing CSVRecord) throws -> Void) rethrows {
        // What the record borrows may not be reached by way of the reader meanwhile.
        var record = FieldBuffer()
        swap(&record, &fields)
        try body(CSVRecord(record, line: line))
        swap(&record, &fields)
    }

    /// Takes a line in. Returns the line on which the record in `fields` begins if one ends with this line.
    private func parse(_ line: Span<UInt8>) throws(CSVProblem) -> Int? {
        let isInsideRecord = startLine != nil
        let start = startLine ?? lineCount
        try checkLength(line, of: start)
        guard CSVReader.isUTF8(line) else { throw CSVProblem(line: lineCount, reason: "not UTF-8") }
        if !isInsideRecord { fields.removeAll() }
        guard feed(line) else {
            throw CSVProblem(
                line: lineCount,
                reason: "a quote stands inside a field; put the field in quotes and write each quote in it twice")
        }
        // Nothing may follow a record on its last line.
        guard fields.recordCount == 0 || fields.recordCount == 1 && isParserBetweenRecords else {
            throw CSVProblem(line: lineCount, reason: "a carriage return stands alone; end lines with LF or CR LF")
        }
        if fields.recordCount == 1 {
            startLine = nil
            return start
        }
        // A blank line leaves the parser where it was; inside a quoted field it is text.
        startLine = isInsideRecord || !CSVReader.isBlank(line) ? start : nil
        return nil
    }

    private func checkLength(_ line: Span<UInt8>, of start: Int) throws(CSVProblem) {
        recordByteCount = (startLine == nil ? 0 : recordByteCount) + line.count
        let terminatorByteCount = CSVReader.isTerminated(line) ? 1 : 0
        guard recordByteCount - terminatorByteCount > maximumRecordByteCount else { return }
        let hint = start == lineCount ? "" : "; perhaps a quote is never closed"
        throw CSVProblem(line: start, reason: "longer than \(maximumRecordByteCount) bytes\(hint)")
    }

    /// Gives a line, and the newline that it may lack, to libcsv. False if it has a quote where none may stand.
    private func feed(_ line: Span<UInt8>) -> Bool {
        let hasRead = unsafe line.withUnsafeBufferPointer { unsafe feed($0) }
        if !hasRead || CSVReader.isTerminated(line) { return hasRead }
        return unsafe [CSVReader.newline].withUnsafeBufferPointer { unsafe feed($0) }
    }

    private func feed(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let count = unsafe withUnsafeMutablePointer(to: &fields) { fields in
            unsafe csv_parse(
                &parser, bytes.baseAddress, bytes.count,
                { text, count, fields in unsafe FieldBuffer.at(fields).pointee.append(text, count) },
                { _, fields in unsafe FieldBuffer.at(fields).pointee.recordCount += 1 }, fields)
        }
        if count == bytes.count { return true }
        precondition(unsafe csv_error(&parser) == CSV_EPARSE, "libcsv cannot allocate a field: out of memory")
        return false
    }

    /// True where libcsv waits for the first byte of a record: the state that it begins in.
    private var isParserBetweenRecords: Bool { unsafe parser.pstate == 0 }

    private static let newline = UInt8(ascii: "\n")

    private static func isTerminated(_ line: Span<UInt8>) -> Bool {
        line[line.count - 1] == newline
    }

    private static func isBlank(_ line: Span<UInt8>) -> Bool {
        let blanks = Array(" \t\r\n".utf8)
        return line.indices.allSatisfy { blanks.contains(line[$0]) }
    }

    private static func isUTF8(_ line: Span<UInt8>) -> Bool {
        (try? UTF8Span(validating: line)) != nil
    }

    private static func hasByteOrderMark(_ bytes: Span<UInt8>) -> Bool {
        bytes.count >= byteOrderMarkByteCount && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
    }

    /// The index after the newline that ends the line at `start`, or the end of the lines.
    private static func lineEnd(_ lines: Span<UInt8>, from start: Int) -> Int {
        unsafe lines.withUnsafeBufferPointer { bytes in
            guard let first = bytes.baseAddress, let newline = unsafe memchr(first + start, 0x0A, bytes.count - start)
            else { return bytes.count }
            return unsafe UnsafeRawPointer(newline) - UnsafeRawPointer(first) + 1
        }
    }
}

/// The fields of a record, for as long as it is handed out.
package struct CSVRecord: ~Escapable {
    /// The number, from 1, of the line on which it begins.
    package let line: Int
    private let text: Span<UInt8>
    private let ends: Span<Int>

    @_lifetime(borrow buffer)
    fileprivate init(_ buffer: borrowing FieldBuffer, line: Int) {
        self.line = line
        text = buffer.text.span
        ends = buffer.ends.span
    }

    /// Number of fields, at least 1.
    package var fieldCount: Int { ends.count }

    /// The bytes of a field, in UTF-8, without its quotes.
    package subscript(index: Int) -> Span<UInt8> {
        @_lifetime(copy self)
        get { text.extracting((index == 0 ? 0 : ends[index - 1])..<ends[index]) }
    }
}

/// A record that is malformed.
package struct CSVProblem: Error, Sendable {
    /// Lines are counted from 1.
    package let line: Int
    package let reason: String
}

/// The fields of a record, one after the other.
private struct FieldBuffer {
    var text: [UInt8] = []
    var ends: [Int] = []
    /// Records that have ended: more than one if a carriage return alone has ended one in the middle of a line.
    var recordCount = 0

    mutating func append(_ field: UnsafeMutableRawPointer?, _ count: Int) {
        unsafe text.append(contentsOf: UnsafeRawBufferPointer(start: field, count: count))
        ends.append(text.count)
    }

    mutating func removeAll() {
        text.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        recordCount = 0
    }

    /// The buffer that libcsv was told to hand to its callbacks.
    static func at(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<FieldBuffer> {
        guard let pointer = unsafe pointer else { preconditionFailure("libcsv does not pass on what it was given") }
        return unsafe pointer.assumingMemoryBound(to: FieldBuffer.self)
    }
}
