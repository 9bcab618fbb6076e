import Testing

@testable import Builders

/// A catalog in CSV, and what is wrong with one.
@Suite struct CSVCatalogParserTests {
    private let catalogs = CatalogFolder()

    @Test(arguments: [
        "item_id,tags\nb,x\na,\"y,x\"\n", "tags,item_id\nx,b\n\"y,x\",a", "ID,Tag_List\r\nb,x\r\na,y;x\r\n",
        "price,itemid,created_at,tags\n1,b,,x\n2,a,2024-01-01,y|x\n", "item_id,tags\n\nb,x\n\n\na,\" y , x \"\n\n",
        "\"item_id\",\"tags\"\n\"b\",\"x\"\n\"a\",\"y;;,|x;\"\n", "\n \" ITEM_ID\u{A0}\" , Tags \n b , x \n a , y|x \n",
        "\u{FEFF}item_id,tags\nb,x\na,y|x\n", "\u{FEFF}\"item_id\",tags\r\nb,x\r\na,y|x\r\n",
    ])
    func columnsInAnyOrder(text: String) throws {
        #expect(try catalogs.rows(text) == ["a: y|x", "b: x"])
    }

    @Test func quotedFieldsMayHoldAnything() throws {
        let text = "item_id,tags\n\"a,\"\"b\"\"\nc\",\"x\ny;z\"\n"
        #expect(try catalogs.rows(text) == ["a,\"b\"\nc: x\ny|z"])
        #expect(try catalogs.rows("item_id,tags\n\"a\r\n\r\nb\0\",x\n") == ["a\r\n\r\nb\0: x"])
    }

    /// Where several columns could be the id, it is `item_id`.
    @Test func theProperNameOfAColumnWins() throws {
        #expect(try catalogs.rows("id,item_id,tag_list,tags\n1,a,y,x\n") == ["a: x"])
        #expect(try catalogs.rows("itemid,id,tag_list\n1,a,y\n") == ["a: y"])
        #expect(try catalogs.rows("itemid,price,price,tags\na,1,2,y\n") == ["a: y"])
    }

    @Test func itemsOfOtherNamespacesAreLeftOut() throws {
        let csv = "item_id,tags,namespace\na,x,home\nb,x,shop\nc,x,\nd,x, home \ne,x,HOME\na,y,shop\n"
        #expect(try catalogs.rows(csv) == ["a: x", "c: x", "d: x"])
        #expect(try catalogs.rows(csv, surface: "shop") == ["a: y", "b: x", "c: x"])
    }

    @Test(arguments: [
        ("item_id,tags\na,x\nb\n", "c.csv:3: 1 fields, the header has 2"),
        ("item_id,tags\na,x,y\n", "c.csv:2: 3 fields, the header has 2"),
        ("item_id,tags\n , x\n", "c.csv:2: item_id: empty"), ("tags\nx\n", "c.csv:1: the header has no item_id"),
        ("item_id,tags,namespace\n,x,shop\n", "c.csv:2: item_id: empty"),
        ("item_id\nx\n", "c.csv:1: the header has no tags"), ("\n\nitem id\n", "c.csv:3: the header has no item_id"),
        ("item_id,Tags, tags\na,x,y\n", "c.csv:1: the header has tags twice"),
        ("item_id,tags\na,x\n\nb,\"y\nc,z\n", "c.csv:4: a quote is never closed"),
        ("item_id,tags\na,x\n\"b,y\nc,z\n", "c.csv:3: a quote is never closed"),
        ("item_id,tags\n\"b\n\n\",y\n,z\n", "c.csv:5: item_id: empty"),
    ])
    func malformedRowsNameTheirLine(text: String, expected: String) throws {
        #expect(try catalogs.message(text) == expected)
        #expect(try catalogs.message("\u{FEFF}" + text) == expected)
        #expect(try catalogs.message(text.replacing("\n", with: "\r\n")) == expected)
    }

    @Test func anotherDelimiterIsHintedAt() throws {
        let error = #expect(throws: CatalogError.self) { try catalogs.rows("item_id;tags\na;x\n") }
        #expect(
            error?.remedy
                == "begin with a line that names the columns, at least item_id and tags, with commas between them")
    }

    @Test(arguments: ["item_id,tags\na,x\"y\n", "item_id,tags\na,\"x\"y\n", "item_id,tags\na,\"x\"\"\"y\"\n"])
    func strayQuotes(text: String) throws {
        let reason = "a quote stands inside a field; put the field in quotes and write each quote in it twice"
        #expect(try catalogs.message(text) == "c.csv:2: \(reason)")
    }

    /// Two records on one line are two records to no reader of lines: not read as one, and not left out in silence.
    @Test(arguments: [
        ("item_id,tags\ra,x\rb,y\r", 1), ("item_id,tags\na,x\rb,y\n", 2), ("item_id,tags\na,x\rb,y", 2),
        ("item_id,tags\na,x\r\rb,y\n", 2),
    ])
    func carriageReturnsAloneEndNoLine(text: String, line: Int) throws {
        let reason = "a carriage return stands alone; end lines with LF or CR LF"
        #expect(try catalogs.message(text) == "c.csv:\(line): \(reason)")
    }

    /// A sequence that is cut by the end of a field is none, also where the next one would complete it.
    @Test(arguments: [[0xC3, 0x28], [0xC3, 0x2C, 0xA9], [0xFF], [0xED, 0xA0, 0x80]] as [[UInt8]])
    func textIsUTF8(broken: [UInt8]) throws {
        let start = Array("item_id,tags,more\na,x,\n".utf8)
        let rows = Array("b,y,".utf8) + broken + [0x0A]
        #expect(try catalogs.message(start + rows, as: "c.csv") == "c.csv:3: not UTF-8")
        let inside = Array("b,\"y\n".utf8) + broken + Array("\",\n".utf8)
        #expect(try catalogs.message(start + inside, as: "c.csv") == "c.csv:4: not UTF-8")
    }

    @Test func rowsAreOfBoundedLength() throws {
        var catalogs = catalogs
        catalogs.maximumRecordByteCount = 20
        #expect(try catalogs.rows("item_id,tags\naaaaaaaaaaaaaaaaaa,x\n") == ["aaaaaaaaaaaaaaaaaa: x"])
        #expect(
            try catalogs.message("item_id,tags\nb,x\naaaaaaaaaaaaaaaaaaa,x\n") == "c.csv:3: longer than 20 bytes")
        #expect(try catalogs.rows("item_id,tags\n\"a\nb\nc\nd\nefghijkl\",x\n") == ["a\nb\nc\nd\nefghijkl: x"])
        #expect(
            try catalogs.message("item_id,tags\nb,x\n\"a\nb\nc\nd\nefghijklm\",x\n")
                == "c.csv:3: longer than 20 bytes; perhaps a quote is never closed")
    }

    /// Neither a row that does not end nor a quote that is not closed is kept whole to find that out.
    @Test func whatNeverEnds() throws {
        let letters = String(repeating: "x", count: 5 << 20)
        #expect(try catalogs.message("item_id,tags\na,\(letters)\n") == "c.csv:2: longer than 1048576 bytes")
        #expect(try catalogs.message("item_id,tags\na,\"\(letters)\n") == "c.csv:2: longer than 1048576 bytes")
        let lines = String(repeating: "b,y\n", count: 1 << 20)
        #expect(
            try catalogs.message("item_id,tags\na,\"x\n\(lines)")
                == "c.csv:2: longer than 1048576 bytes; perhaps a quote is never closed")
    }
}
