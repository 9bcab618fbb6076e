import Testing

@testable import Platform

/// Records are the same however the lines come in chunks.
@Suite struct CSVReaderTests {
    private struct Record: Equatable {
        let line: Int
        let fields: [String]
    }

    private func records(_ chunks: [[UInt8]], maximumRecordByteCount: Int = 100) throws -> [Record] {
        let reader = CSVReader(maximumRecordByteCount: maximumRecordByteCount)
        var records: [Record] = []
        for bytes in chunks {
            var chunk = LineChunk(capacity: bytes.count)
            chunk.bytes.replaceSubrange(0..<bytes.count, with: bytes)
            chunk.byteCount = bytes.count
            try reader.read(chunk) { record in
                let fields = (0..<record.fieldCount).map { index in
                    let field = record[index]
                    return String(decoding: field.indices.map { field[$0] }, as: UTF8.self)
                }
                records.append(Record(line: record.line, fields: fields))
            }
        }
        try reader.finish()
        return records
    }

    private func records(_ text: String) throws -> [Record] { try records([Array(text.utf8)]) }

    private func problem(_ text: String) -> CSVProblem? {
        #expect(throws: CSVProblem.self) { try records(text) }
    }

    @Test func everyCutBetweenLines() throws {
        let lines = [
            "\u{FEFF}a, b ,\"c\"\r\n", "\n", "\"x\"\"y\n", "\n", ",z\" , \" q \",\n", " \t\r\n", "\"\n", "\",2,3",
        ]
        let bytes = lines.map { Array($0.utf8) }
        let expected = [
            Record(line: 1, fields: ["a", "b", "c"]), Record(line: 3, fields: ["x\"y\n\n,z", " q ", ""]),
            Record(line: 7, fields: ["\n", "2", "3"]),
        ]
        for cuts in 0..<(1 << (bytes.count - 1)) {
            var chunks = [bytes[0]]
            for index in 1..<bytes.count {
                if cuts >> (index - 1) & 1 == 0 {
                    chunks[chunks.count - 1] += bytes[index]
                } else {
                    chunks.append(bytes[index])
                }
            }
            #expect(try records(chunks) == expected)
        }
    }

    /// Every text of a few characters is what a plain reading of the grammar makes of it, or refused.
    @Test func everyShortText() throws {
        let characters: [UInt8] = Array("a,\"\n\r".utf8)
        for count in 0...6 {
            for number in 0..<(0..<count).reduce(1, { total, _ in total * characters.count }) {
                var rest = number
                var text: [UInt8] = []
                for _ in 0..<count {
                    text.append(characters[rest % characters.count])
                    rest /= characters.count
                }
                let expected = CSVGrammar(text).records()?.map { Record(line: $0.line, fields: $0.fields) }
                #expect((try? records([text])) == expected, "\(String(decoding: text, as: UTF8.self).debugDescription)")
            }
        }
    }

    @Test func onlyTheStartHasAByteOrderMark() throws {
        #expect(try records("a\n\u{FEFF}b\n").map(\.fields) == [["a"], ["\u{FEFF}b"]])
        #expect(try records("\u{FEFF}\u{FEFF}b\n").map(\.fields) == [["\u{FEFF}b"]])
        #expect(try records("\u{FEFF}").isEmpty)
    }

    /// What begins behind a carriage return is neither lost nor taken for the next line's.
    @Test(arguments: ["a\rb\n", "a\r\"b", "a\r\"b\nc\"\n", "a,b\rc,\"d\ne\"\n", "a\r\rb"])
    func nothingFollowsARecordOnItsLine(text: String) {
        #expect(problem(text)?.reason == "a carriage return stands alone; end lines with LF or CR LF")
        #expect(problem("x\n" + text)?.line == 2)
    }

    @Test func problemsNameTheirLine() {
        #expect(problem("a\n\nb\"\n")?.line == 3)
        #expect(problem("a\n\"b\nc\" d\n")?.line == 3)
        #expect(problem("a\n\"b\nc\n")?.line == 2)
        #expect(problem("a\n\"b\nc\n")?.reason == "a quote is never closed")
        #expect(problem("a\nb\rc\n")?.line == 2)
        #expect(problem("a\n\(String(repeating: "b", count: 101))")?.reason == "longer than 100 bytes")
    }

    @Test func anErrorOfTheBodyPasses() {
        struct Refusal: Error {}
        let reader = CSVReader(maximumRecordByteCount: 10)
        var chunk = LineChunk(capacity: 2)
        chunk.bytes[0] = 0x61
        chunk.byteCount = 1
        #expect(throws: Refusal.self) { try reader.read(chunk) { _ in throw Refusal() } }
    }
}

/// The grammar of RFC 4180 read a byte at a time: an oracle that shares nothing with the library.
private struct CSVGrammar {
    private let text: [UInt8]
    private var position = 0
    private var line = 1

    init(_ text: [UInt8]) {
        self.text = text.last == UInt8(ascii: "\n") ? text : text + [UInt8(ascii: "\n")]
    }

    /// The records with the lines on which they begin; nil if one is malformed.
    func records() -> [(line: Int, fields: [String])]? {
        var reading = self
        return reading.readRecords()
    }

    private mutating func readRecords() -> [(line: Int, fields: [String])]? {
        var records: [(line: Int, fields: [String])] = []
        skipLineBreaks()
        while position < text.count {
            let start = line
            guard let fields = readRecord() else { return nil }
            records.append((start, fields))
            skipLineBreaks()
        }
        return records
    }

    private mutating func skipLineBreaks() {
        while position < text.count, isLineBreak(text[position]) { advance() }
    }

    /// Reads the fields of a record and the newline that ends it.
    private mutating func readRecord() -> [String]? {
        var fields: [String] = []
        while let field = text[position] == UInt8(ascii: "\"") ? readQuoted() : readPlain(), position < text.count {
            fields.append(String(decoding: field, as: UTF8.self))
            if text[position] == UInt8(ascii: ",") {
                advance()
                continue
            }
            while text[position] == UInt8(ascii: "\r") { advance() }
            return text[position] == UInt8(ascii: "\n") ? fields : nil
        }
        return nil
    }

    private mutating func readPlain() -> [UInt8]? {
        var field: [UInt8] = []
        while text[position] != UInt8(ascii: ","), !isLineBreak(text[position]) {
            if text[position] == UInt8(ascii: "\"") { return nil }
            field.append(text[position])
            advance()
        }
        return field
    }

    private mutating func readQuoted() -> [UInt8]? {
        var field: [UInt8] = []
        advance()
        while position < text.count {
            if text[position] == UInt8(ascii: "\"") {
                advance()
                // The newline that ends the text stands behind every quote.
                if text[position] == UInt8(ascii: ",") || isLineBreak(text[position]) { return field }
                if text[position] != UInt8(ascii: "\"") { return nil }
            }
            field.append(text[position])
            advance()
        }
        return nil
    }

    private mutating func advance() {
        if text[position] == UInt8(ascii: "\n") { line += 1 }
        position += 1
    }

    private func isLineBreak(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
}
