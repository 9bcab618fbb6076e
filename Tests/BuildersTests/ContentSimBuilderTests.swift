import Columns
import Events
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Builders

/// The catalog's items with their tags, however the catalog is written.
@Suite struct ContentSimBuilderTests {
    private let folder = TemporaryFolder()

    /// The rows of a catalog as text: `id: tag|tag`.
    private func rows(_ text: String, as name: String = "c.csv", surface: String = "home") throws -> [String] {
        try rows(Array(text.utf8), as: name, surface: surface)
    }

    private func rows(_ bytes: [UInt8], as name: String, surface: String = "home") throws -> [String] {
        let catalog = try folder.write(bytes, as: name)
        let rows = try ContentSimBuilder.build(catalog: catalog, surface: PathSegment(surface))
        #expect(rows.brokenPromise == nil)
        #expect(rows.counts.isEmpty)
        return rows.plain.map { row in
            let tags = row.entries.map { String(decoding: $0.id, as: UTF8.self) }
            return String(decoding: row.key, as: UTF8.self) + ": " + tags.joined(separator: "|")
        }
    }

    /// The message of the error that a catalog leads to, without the folder's path.
    private func message(_ text: String, as name: String = "c.csv") throws -> String? {
        let error = #expect(throws: CatalogError.self) { try rows(text, as: name) }
        #expect(error?.kind == .badInput)
        return error.map { String($0.message.dropFirst(folder.path.string.utf8.count + 1)) }
    }

    @Test(arguments: [
        "item_id,tags\nb,x\na,\"y,x\"\n", "tags,item_id\nx,b\n\"y,x\",a", "ID,Tag_List\r\nb,x\r\na,y;x\r\n",
        "price,itemid,created_at,tags\n1,b,,x\n2,a,2024-01-01,y|x\n", "item_id,tags\n\nb,x\n\n\na,\" y , x \"\n\n",
        "\"item_id\",\"tags\"\n\"b\",\"x\"\n\"a\",\"y;;,|x;\"\n",
    ])
    func csvMayHaveItsColumnsInAnyOrder(text: String) throws {
        #expect(try rows(text) == ["a: y|x", "b: x"])
    }

    @Test(arguments: [
        "{\"item_id\":\"b\",\"tags\":[\"x\"]}\n{\"item_id\":\"a\",\"tags\":[\"y\",\"x\"]}\n",
        "{\"tags\":\"x\",\"id\":\"b\"}\r\n\r\n{\"price\":1.5,\"itemid\":\"a\",\"tag_list\":\"y;x\"}",
        "{\"tags\":[\"x\",\"\"],\"id\":\"b\"}\n \t\n{\"id\":\"a\",\"tags\":[\" y,x\",\"X\"],\"created_at\":null}",
    ])
    func jsonLinesMayHaveTheirKeysInAnyOrder(text: String) throws {
        #expect(try rows(text, as: "c.jsonl") == ["a: y|x", "b: x"])
        #expect(try rows(text, as: "c.NDJSON") == ["a: y|x", "b: x"])
    }

    @Test func tagsAreTrimmedLowerCasedAndOnce() throws {
        let tags = "\u{A0}Zebra |\tapple;ZEBRA,,Äpfel|  |äPFEL;apple pie,İ"
        let expected = ["a: zebra|apple|äpfel|apple pie|i\u{307}"]
        #expect(try rows("item_id,tags\na,\"\(tags)\"\n") == expected)
        #expect(
            try rows(
                "{\"item_id\":\"a\",\"tags\":[\"Zebra\",\"apple;ZEBRA\",\"Äpfel\",\"äPFEL\",\"apple pie\",\"İ\"]}",
                as: "c.jsonl") == expected)
    }

    /// Separators are characters of their own, whatever follows them.
    @Test func aCombiningMarkDoesNotHideASeparator() throws {
        #expect(try rows("item_id,tags\na,x;\u{301}y|\u{FE0F}z\n") == ["a: x|\u{301}y|\u{FE0F}z"])
    }

    @Test func canonicallyEquivalentTextsStayDistinct() throws {
        let text = "item_id,tags\n\u{E9},\"\u{E9};e\u{301}\"\ne\u{301},e\u{301}\n"
        let catalog = try folder.write(Array(text.utf8), as: "c.csv")
        let rows = try ContentSimBuilder.build(catalog: catalog, surface: PathSegment("home"))
        #expect(rows.rowKeys.count == 2)
        #expect(rows.plain.map(\.key) == [Array("e\u{301}".utf8), Array("\u{E9}".utf8)])
        #expect(rows.plain.map(\.entries.count) == [1, 2])
        #expect(rows.memberKeys.count == 2)
    }

    @Test func itemsOfOtherNamespacesAreLeftOut() throws {
        let csv = "item_id,tags,namespace\na,x,home\nb,x,shop\nc,x,\nd,x, home \ne,x,HOME\na,y,shop\n"
        #expect(try rows(csv) == ["a: x", "c: x", "d: x"])
        #expect(try rows(csv, surface: "shop") == ["a: y", "b: x", "c: x"])
        let lines = ["\"home\"", "\"shop\"", "null", "\" home\\n\"", "\"\""].enumerated().map { index, namespace in
            "{\"item_id\":\"\(index)\",\"tags\":[\"x\"],\"namespace\":\(namespace)}"
        }
        #expect(try rows(lines.joined(separator: "\n"), as: "c.jsonl") == ["0: x", "2: x", "3: x", "4: x"])
    }

    @Test func itemsWithoutTagsAreLeftOut() throws {
        #expect(try rows("item_id,tags\na,\nb,\" ; | ,\"\nc,x\n") == ["c: x"])
        let lines = ["", ",\"tags\":[]", ",\"tags\":null", ",\"tags\":\"\"", ",\"tags\":[\" \"]"].enumerated().map {
            "{\"item_id\":\"\($0)\"\($1)}"
        }
        #expect(try rows(lines.joined(separator: "\n"), as: "c.jsonl") == [])
        #expect(try rows("item_id,tags\n") == [])
        #expect(try rows("", as: "c.jsonl") == [])
    }

    @Test func quotedFieldsMayHoldAnything() throws {
        let text = "item_id,tags\n\"a,\"\"b\"\"\nc\",\"x\ny;z\"\n"
        #expect(try rows(text) == ["a,\"b\"\nc: x\ny|z"])
    }

    @Test func idsAreTrimmedAndOtherwiseOpaque() throws {
        #expect(try rows("item_id,tags\n\"\u{3000} A b \",x\n007,x\n7,x\n") == ["007: x", "7: x", "A b: x"])
    }

    /// Where several columns could be the id, it is `item_id`, as in JSON Lines.
    @Test func theProperNameOfAColumnWins() throws {
        #expect(try rows("id,item_id,tag_list,tags\n1,a,y,x\n") == ["a: x"])
        #expect(try rows("{\"id\":\"1\",\"item_id\":\"a\",\"tags\":\"x\"}", as: "c.jsonl") == ["a: x"])
    }

    @Test func anItemStandsOnceInACatalog() throws {
        #expect(try message("item_id,tags\na,x\n\nb,y\n\" a\",z\n") == "c.csv:5: item \"a\" is on line 2 already")
        let line = "{\"item_id\":\"a\",\"tags\":\"x\"}\n"
        #expect(try message(line + "\n" + line, as: "c.jsonl") == "c.jsonl:3: item \"a\" is on line 1 already")
        #expect(try message("item_id,tags\n\"q\n\",\"x\ny\"\na,x\na,x\n") == "c.csv:6: item \"a\" is on line 5 already")
    }

    @Test(arguments: [
        ("item_id,tags\na,x\nb\n", "c.csv:3: 1 fields, the header has 2"),
        ("item_id,tags\na,x,y\n", "c.csv:2: 3 fields, the header has 2"),
        ("item_id,tags\n , x\n", "c.csv:2: item_id: empty"), ("tags\nx\n", "c.csv:1: the header has no item_id"),
        ("item_id\nx\n", "c.csv:1: the header has no tags"),
        ("item_id,tags\na,x\n\nb,\"y\nc,z\n", "c.csv:4: a quote is never closed"),
        ("item_id,tags\na,x\n\"b,y\nc,z\n", "c.csv:3: a quote is never closed"),
        ("item_id,tags\n\"b\n\n\",y\n,z\n", "c.csv:5: item_id: empty"),
        ("item_id,tags\na,x\"y\n", "c.csv:2: a quote stands inside a field that does not begin with one"),
    ])
    func malformedCSVNamesItsLine(text: String, expected: String) throws {
        #expect(try message(text) == expected)
    }

    @Test(arguments: [
        "x", "[]", "5", "{", "{\"item_id\":5,\"tags\":[]}", "{\"item_id\":\"a\",\"tags\":5}",
        "{\"item_id\":\"a\",\"tags\":[1]}",
        "{\"item_id\":\"a\",\"tags\":{}}", "{\"item_id\":\"a\"} x", "{\"item_id\":\"a\",\"namespace\":1}", "\u{FEFF}{",
    ])
    func malformedJSONLinesNameTheirLine(line: String) throws {
        let text = "{\"item_id\":\"a\",\"tags\":\"x\"}\n\n\(line)\n"
        #expect(
            try message(text, as: "c.jsonl") == "c.jsonl:3: not a JSON object with a text item_id and texts as tags")
    }

    @Test(arguments: ["{}", "{\"tags\":\"x\"}", "{\"item_id\":null}", "{\"item_id\":\" \",\"tags\":\"x\"}"])
    func linesWithoutAnIdNameTheirLine(line: String) throws {
        #expect(try message(line, as: "c.jsonl") == "c.jsonl:1: item_id: empty")
    }

    /// Two records on one line are two records to no reader of lines: not read as one, and not left out in silence.
    @Test func carriageReturnsAloneEndNoLine() throws {
        _ = try message("item_id,tags\ra,x\rb,y\r")
        _ = try message("item_id,tags\na,x\rb,y\n")
        _ = try message("item_id,tags\na,x\r\rb,y\n")
    }

    @Test func textIsUTF8() throws {
        let broken: [UInt8] = [0xC3, 0x28]
        let error = #expect(throws: CatalogError.self) {
            try rows(Array("item_id,tags\na,x\nb,".utf8) + broken + [0x0A], as: "c.csv")
        }
        #expect(error?.place.hasSuffix("c.csv:3") == true)
        let line = Array("{\"item_id\":\"a\",\"tags\":\"".utf8) + broken + Array("\"}".utf8)
        let lines = #expect(throws: CatalogError.self) { try rows(line, as: "c.jsonl") }
        #expect(lines?.place.hasSuffix("c.jsonl:1") == true)
    }

    @Test func theNameSaysTheForm() throws {
        #expect(
            try message("item_id,tags\na,x\n", as: "catalog.txt") == "catalog.txt: neither .csv nor .jsonl by its name")
        let missing = #expect(throws: StorageError.self) {
            try ContentSimBuilder.build(catalog: folder.path.appending("none.csv"), surface: PathSegment("home"))
        }
        #expect(missing?.kind == .notFound)
    }
}
