import Testing

@testable import Builders

/// A catalog in JSON Lines, and what is wrong with one.
@Suite struct JSONCatalogParserTests {
    private let catalogs = CatalogFolder()

    private func rows(_ text: String, surface: String = "home") throws -> [String] {
        try catalogs.rows(text, as: "c.jsonl", surface: surface)
    }

    @Test(arguments: [
        "{\"item_id\":\"b\",\"tags\":[\"x\"]}\n{\"item_id\":\"a\",\"tags\":[\"y\",\"x\"]}\n",
        "{\"tags\":\"x\",\"id\":\"b\"}\r\n\r\n{\"price\":1.5,\"itemid\":\"a\",\"tag_list\":\"y;x\"}",
        "{\"tags\":[\"x\",\"\"],\"id\":\"b\"}\n \t\n{\"id\":\"a\",\"tags\":[\" y,x\",\"X\"],\"created_at\":null}",
        "{\"t\\u0061gs\":\"\\u0078\",\"i\\u0064\":\"b\"}\n{\"id\":\"a\",\"tags\":[ \"y|\" , \"\\u0078\\t\" ]}",
    ])
    func keysInAnyOrder(text: String) throws {
        #expect(try rows(text) == ["a: y|x", "b: x"])
        #expect(try catalogs.rows(text, as: "c.NDJSON") == ["a: y|x", "b: x"])
    }

    /// Where several keys could be the id, it is `item_id`, wherever it stands and whatever the others hold.
    @Test(arguments: [
        "\"id\":\"1\",\"item_id\":\"a\",\"tags\":\"x\"", "\"item_id\":\"a\",\"id\":7,\"tags\":\"x\"",
        "\"id\":[{}],\"itemid\":true,\"item_id\":\"a\",\"tags\":[\"x\"]",
        "\"item_id\":null,\"id\":\"a\",\"itemid\":\"b\",\"tag_list\":\"x\"",
        "\"itemid\":\"a\",\"tags\":\"x\",\"tag_list\":\"y\"", "\"id\":\"a\",\"tag_list\":5,\"tags\":\"x\"",
        "\"id\":\"a\",\"tags\":null,\"tag_list\":[\"x\"]",
    ])
    func theProperNameOfAKeyWins(members: String) throws {
        #expect(try rows("{\(members)}") == ["a: x"])
    }

    @Test func itemsOfOtherNamespacesAreLeftOut() throws {
        let lines = ["\"home\"", "\"shop\"", "null", "\" home\\n\"", "\"\""].enumerated().map { index, namespace in
            "{\"item_id\":\"\(index)\",\"tags\":[\"x\"],\"namespace\":\(namespace)}"
        }
        #expect(try rows(lines.joined(separator: "\n")) == ["0: x", "2: x", "3: x", "4: x"])
        #expect(try rows(lines.joined(separator: "\n"), surface: "shop") == ["1: x", "2: x", "4: x"])
    }

    @Test(arguments: [
        ("[]", "not a JSON object"), ("5", "not a JSON object"), ("\"a\"", "not a JSON object"),
        ("{\"item_id\":\"a\"} x", "something follows the JSON object on its line"),
        ("{\"item_id\":\"a\"}{}", "something follows the JSON object on its line"),
        ("{\"item_id\":5,\"tags\":[]}", "item_id: not a string"),
        ("{\"itemid\":[\"a\"],\"tags\":[]}", "itemid: not a string"),
        ("{\"item_id\":\"a\",\"tags\":5}", "tags: neither a string nor an array of strings"),
        ("{\"item_id\":\"a\",\"tags\":[\"x\",1]}", "tags: neither a string nor an array of strings"),
        ("{\"item_id\":\"a\",\"tags\":[null]}", "tags: neither a string nor an array of strings"),
        ("{\"item_id\":\"a\",\"tag_list\":{}}", "tag_list: neither a string nor an array of strings"),
        ("{\"item_id\":\"a\",\"namespace\":1}", "namespace: not a string"),
        ("{\"item_id\":\"a\",\"namespace\":[\"home\"]}", "namespace: not a string"),
        ("{\"item_id\":\"b\",\"tags\":\"x\",\"item_id\":\"b\"}", "item_id: given twice"),
        ("{\"tags\":null,\"id\":\"b\",\"tags\":\"x\"}", "tags: given twice"),
        ("{}", "item_id: missing"), ("{\"tags\":\"x\"}", "item_id: missing"),
        ("{\"item_id\":null,\"id\":null}", "item_id: missing"),
        ("{\"item_id\":\" \\u3000\",\"tags\":\"x\"}", "item_id: empty"), ("{\"id\":\"\"}", "item_id: empty"),
        ("\u{FEFF}{\"item_id\":\"a\"}", "begins with a byte order mark; save the file without one"),
    ])
    func malformedLinesNameTheirLine(line: String, reason: String) throws {
        let text = "{\"item_id\":\"a\",\"tags\":\"x\"}\n\n\(line)"
        #expect(try catalogs.message(text, as: "c.jsonl") == "c.jsonl:3: \(reason)")
        #expect(try catalogs.message(text + "\r\n", as: "c.jsonl") == "c.jsonl:3: \(reason)")
        #expect(try catalogs.message(text + "\n[\n", as: "c.jsonl") == "c.jsonl:3: \(reason)")
        #expect(try catalogs.message(line, as: "c.jsonl") == "c.jsonl:1: \(reason)")
    }

    /// Also in what nobody asks for, and in names that lose to others.
    @Test(arguments: [
        "x", "{", "{\"item_id\":\"a\"", "{\"item_id\":\"a\",}", "{\"item_id\":\"a\" \"tags\":\"x\"}",
        "{\"item_id\":\"a\",\"price\":1.}", "{\"item_id\":\"a\",\"price\":[1,{\"x\":tru}]}",
        "{\"item_id\":\"a\",\"tags\":[\"x\" \"y\"]}", "{\"item_id\":\"a\",\"tags\":[5,nul]}",
        "{\"item_id\":\"a\",\"id\":0x1}", "{\"item_id\":\"a\\x\"}", "{\"item_id\":\"\\ud83d\"}",
        "{'item_id':'a'}", "{\"item_id\":\"a\0\"}",
    ])
    func whatIsNotJSON(line: String) throws {
        let message = try catalogs.message("\n\(line)\n", as: "c.jsonl")
        #expect(message?.contains("not valid JSON: ") == true, "\(message ?? "")")
        #expect(message?.hasPrefix("c.jsonl:2: ") == true)
    }

    @Test func textIsUTF8() throws {
        for broken: [UInt8] in [[0xC3, 0x28], [0xFF], [0xED, 0xA0, 0x80]] {
            let line = Array("{\"item_id\":\"a\",\"price\":\"".utf8) + broken + Array("\"}".utf8)
            #expect(try catalogs.message(line, as: "c.jsonl")?.hasPrefix("c.jsonl:1: not valid JSON: ") == true)
        }
    }

    @Test func linesAreOfBoundedLength() throws {
        var catalogs = catalogs
        catalogs.maximumRecordByteCount = 27
        #expect(try catalogs.rows("{\"item_id\":\"ab\",\"tags\":\"x\"}", as: "c.jsonl") == ["ab: x"])
        #expect(
            try catalogs.message("\n{\"item_id\":\"abc\",\"tags\":\"x\"}", as: "c.jsonl")
                == "c.jsonl:2: longer than 27 bytes")
        let blanks = String(repeating: " ", count: 9 << 20)
        #expect(try self.catalogs.message(blanks, as: "c.jsonl") == "c.jsonl:1: longer than 1048576 bytes")
        #expect(
            try self.catalogs.message("{}" + blanks + "\n{}", as: "c.jsonl") == "c.jsonl:1: longer than 1048576 bytes")
    }
}
