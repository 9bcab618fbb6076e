import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Builders

/// A catalog is the same however its file is packed and wherever a reading of it ends.
@Suite struct CatalogReaderTests {
    private let catalogs = CatalogFolder()

    /// Each with all that its form allows.
    private static let texts = [
        "c.csv": "\u{FEFF}tags,\"item_id\",price\r\n\"x,\r\nÄ;\"\"\",\"a\n\n,b\",9\r\n\r\n z|y ,é, \r\n",
        "c.jsonl":
            "{\"item_id\":\"a\\n\\n,b\",\"tags\":[\"x\",\"\\u00c4;\\\"\"]}\r\n\n{\"tags\":\" z|y \",\"id\":\"é\"}",
    ]
    private static let rows = ["a\n\n,b: x|ä|\"", "é: z|y"]

    private static func packed(_ bytes: [UInt8]) -> [[UInt8]] {
        let (head, tail) = (Array(bytes.prefix(bytes.count / 2)), Array(bytes.dropFirst(bytes.count / 2)))
        let zstandard = Zstandard()
        return [
            bytes, Gzip.stored(bytes), Gzip.stored(head) + Gzip.stored(tail), zstandard.compress(bytes),
            zstandard.compress(head) + zstandard.compress(tail),
        ]
    }

    /// Read in pieces of every length: each byte is the first of a piece once.
    @Test(arguments: texts.keys.sorted())
    func readingsMayEndAnywhere(name: String) throws {
        let text = Array((CatalogReaderTests.texts[name] ?? "").utf8)
        var catalogs = catalogs
        for bytes in CatalogReaderTests.packed(text) {
            let path = try catalogs.folder.write(bytes, as: name)
            for chunkByteCount in 1...(text.count + 2) {
                catalogs.chunkByteCount = chunkByteCount
                let result = try catalogs.build(path)
                #expect(result.catalogDigest == SHA256Digest(of: bytes.rawSpan))
                #expect(try CatalogFolder.text(of: result.rows) == CatalogReaderTests.rows, "\(chunkByteCount)")
            }
        }
    }

    /// What the name says of compression does not matter.
    @Test(arguments: ["", ".gz", ".zst", ".GZ"])
    func theNameSaysTheForm(ending: String) throws {
        for (name, text) in CatalogReaderTests.texts {
            for bytes in CatalogReaderTests.packed(Array(text.utf8)) {
                #expect(try catalogs.rows(bytes, as: name + ending) == CatalogReaderTests.rows)
                #expect(try catalogs.rows(bytes, as: name.uppercased() + ending) == CatalogReaderTests.rows)
            }
        }
        for name in ["catalog.txt", "csv", "c.csv.xz", "c.gz", "c.json"] {
            let message = try catalogs.message("item_id,tags\na,x\n", as: name)
            #expect(message == "\(name): neither .csv nor .jsonl by its name")
        }
    }

    @Test(arguments: ["c.csv", "c.jsonl", "c.csv.gz", "c.jsonl.zst"])
    func anEmptyCatalogIsAMistake(name: String) throws {
        #expect(try catalogs.message("", as: name) == "\(name): holds no item")
        #expect(try catalogs.message("\n \r\n", as: name) == "\(name): holds no item")
        #expect(try catalogs.message(Gzip.stored([]), as: name) == "\(name): holds no item")
    }

    @Test func aHeaderAloneIsAMistake() throws {
        for text in ["item_id,tags", "item_id,tags\n\n", "\u{FEFF}item_id,tags\r\n"] {
            #expect(try catalogs.message(text) == "c.csv: holds no item")
        }
        #expect(try catalogs.message("\u{FEFF}") == "c.csv: holds no item")
    }

    /// Of a row that is too long no more is read than shows it, and that is not counted short by the byte order mark.
    @Test(arguments: [1, 7, 100])
    func aByteOrderMarkIsNoPartOfALongRow(chunkByteCount: Int) throws {
        var catalogs = catalogs
        catalogs.chunkByteCount = chunkByteCount
        catalogs.maximumRecordByteCount = 22
        let rows = "\r\na,x,y\n"
        #expect(try catalogs.rows("\u{FEFF}item_id,tags,12345678" + rows) == ["a: x"])
        #expect(
            try catalogs.message("\u{FEFF}item_id,tags,12345678\t" + rows) == "c.csv:1: longer than 22 bytes")
    }

    /// A file that is cut off is known for it, or what is left of it is.
    @Test(arguments: ["c.csv", "c.jsonl"])
    func compressedFilesThatAreCutOff(name: String) throws {
        let text = Array((CatalogReaderTests.texts[name] ?? "").utf8)
        for (bytes, shortest) in [(Gzip.stored(text), 2), (Zstandard().compress(text), 4)] {
            for count in shortest..<bytes.count {
                let error = #expect(throws: InputError.self) {
                    try catalogs.rows(Array(bytes.prefix(count)), as: name)
                }
                #expect(error?.kind == .badInput)
                #expect(error.map { catalogs.withoutFolder($0.message) }?.hasPrefix("\(name): cut off: ") == true)
                #expect(error?.remedy == "copy or download the file again")
            }
        }
    }

    @Test func whatIsNoFile() throws {
        let missing = #expect(throws: StorageError.self) {
            try catalogs.build(catalogs.folder.path.appending("none.csv"))
        }
        #expect(missing?.kind == .notFound)
        let folder = catalogs.folder.path.appending("folder.csv")
        try Directory.create(folder)
        let error = #expect(throws: StorageError.self) { try catalogs.build(folder) }
        #expect(error?.message.contains("folder.csv") == true)
    }

    /// What a spreadsheet writes unless it is told to write CSV, above all.
    @Test(arguments: [("PK\u{3}\u{4}", "a zip archive"), ("PAR1", "a Parquet file"), ("BZh9", "compressed with bzip2")])
    func otherFormats(start: String, name: String) throws {
        #expect(try catalogs.message(start + "more", as: "c.csv") == "c.csv: is \(name), which cannot be read")
        #expect(try catalogs.message(start + "more", as: "c.jsonl") == "c.jsonl: is \(name), which cannot be read")
    }
}
