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

    /// Every text of a few characters is read, or refused, in the same way without its last newline.
    @Test func theLastNewlineMayBeMissing() throws {
        let characters: [UInt8] = [0x61, 0x2C, 0x22, 0x0A, 0x0D, 0x20]
        for number in 0..<(6 * 6 * 6 * 6 * 6) {
            let text = (0..<5).map { characters[number / [1, 6, 36, 216, 1296][$0] % 6] }
            if text.last == 0x0A { continue }
            #expect((try? records([text])) == (try? records([text + [0x0A]])), "\(text)")
        }
    }

    @Test func onlyTheStartHasAByteOrderMark() throws {
        #expect(try records("a\n\u{FEFF}b\n").map(\.fields) == [["a"], ["\u{FEFF}b"]])
        #expect(try records("\u{FEFF}\u{FEFF}b\n").map(\.fields) == [["\u{FEFF}b"]])
        #expect(try records("\u{FEFF}").isEmpty)
    }

    @Test func problemsNameTheirLine() {
        #expect(problem("a\n\nb\"\n")?.line == 3)
        #expect(problem("a\n\"b\nc\" d\n")?.line == 3)
        #expect(problem("a\n\"b\nc\n")?.line == 2)
        #expect(problem("a\n\"b\nc\n")?.reason == "a quote is never closed")
        #expect(problem("a\nb\rc\n")?.line == 2)
        #expect(problem("a\n\(String(repeating: "b", count: 101))")?.reason == "longer than 100 bytes")
    }

    /// The reader goes on where it was if whoever takes a record fails.
    @Test func anErrorOfTheBodyPasses() {
        struct Refusal: Error {}
        let reader = CSVReader(maximumRecordByteCount: 10)
        var chunk = LineChunk(capacity: 2)
        chunk.bytes[0] = 0x61
        chunk.byteCount = 1
        #expect(throws: Refusal.self) { try reader.read(chunk) { _ in throw Refusal() } }
    }
}
