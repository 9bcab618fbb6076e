import Columns
import Platform
import TestSupport
import Testing

@testable import Builders

/// The catalog's items with their tags, however the catalog is written.
@Suite struct ContentSimBuilderTests {
    private let catalogs = CatalogFolder()

    private func line(_ id: String, _ tags: String, namespace: String = "") -> String {
        "{\"item_id\":\"\(id)\",\"tags\":\"\(tags)\",\"namespace\":\"\(namespace)\"}\n"
    }

    @Test func tagsAreTrimmedLowerCasedAndOnce() throws {
        let tags = "\u{A0}Zebra |\tapple;ZEBRA,,Äpfel|  |äPFEL;apple pie,İ"
        let expected = ["a: zebra|apple|äpfel|apple pie|i\u{307}"]
        #expect(try catalogs.rows("item_id,tags\na,\"\(tags)\"\n") == expected)
        #expect(
            try catalogs.rows(
                "{\"item_id\":\"a\",\"tags\":[\"Zebra\",\"apple;ZEBRA\",\"Äpfel\",\"äPFEL\",\"apple pie\",\"İ\"]}",
                as: "c.jsonl") == expected)
    }

    /// Separators are characters of their own, whatever follows them.
    @Test func aCombiningMarkDoesNotHideASeparator() throws {
        #expect(try catalogs.rows("item_id,tags\na,x;\u{301}y|\u{FE0F}z\n") == ["a: x|\u{301}y|\u{FE0F}z"])
    }

    /// What is once in a list may be in every other one.
    @Test func tagsAreOnceInEachList() throws {
        #expect(
            try catalogs.rows("item_id,tags\na,x;y;x\nb,x;x;y;z\nc,y;x;Y;X\n") == ["a: x|y", "b: x|y|z", "c: y|x"])
    }

    @Test func canonicallyEquivalentTextsStayDistinct() throws {
        let text = "item_id,tags\n\u{E9},\"\u{E9};e\u{301}\"\ne\u{301},e\u{301}\n"
        let rows = try catalogs.build(Array(text.utf8), as: "c.csv").rows
        #expect(rows.rowKeys.count == 2)
        #expect(rows.plain.map(\.key) == [Array("e\u{301}".utf8), Array("\u{E9}".utf8)])
        #expect(rows.plain.map(\.entries.count) == [1, 2])
        #expect(rows.memberKeys.count == 2)
    }

    @Test func idsAreTrimmedAndOtherwiseOpaque() throws {
        #expect(
            try catalogs.rows("item_id,tags\n\"\u{3000} A b \",x\n007,x\n7,x\n") == ["007: x", "7: x", "A b: x"])
    }

    @Test func itemsWithoutTagsAreLeftOut() throws {
        #expect(try catalogs.rows("item_id,tags\na,\nb,\" ; | ,\"\nc,x\n") == ["c: x"])
        #expect(try catalogs.rows("item_id,tags\na,\n") == [])
        let lines = ["", ",\"tags\":[]", ",\"tags\":null", ",\"tags\":\"\"", ",\"tags\":[\" \"]"].enumerated().map {
            "{\"item_id\":\"\($0)\"\($1)}"
        }
        #expect(try catalogs.rows(lines.joined(separator: "\n"), as: "c.jsonl") == [])
    }

    /// Tags of items that are left out are no tags of the result.
    @Test func nothingIsLeftOfWhatIsLeftOut() throws {
        let text = "item_id,tags,namespace\nb,y,shop\na,x,home\nc,,\n"
        let rows = try catalogs.build(Array(text.utf8), as: "c.csv").rows
        #expect(rows.memberKeys.count == 1)
        #expect(rows.rowKeys.count == 1)
    }

    @Test func anItemStandsOnceInACatalog() throws {
        #expect(
            try catalogs.message("item_id,tags\na,x\n\nb,y\n\" a\",z\n") == "c.csv:5: item \"a\" is on line 2 already")
        let line = line("a", "x")
        #expect(try catalogs.message(line + "\n" + line, as: "c.jsonl") == "c.jsonl:3: item \"a\" is on line 1 already")
        #expect(
            try catalogs.message("item_id,tags\n\"q\n\",\"x\ny\"\na,x\na,x\n")
                == "c.csv:6: item \"a\" is on line 5 already")
        let error = #expect(throws: CatalogError.self) { try catalogs.rows(line + line, as: "c.jsonl") }
        #expect(error?.remedy == "remove one of the two lines and run the same command again")
    }

    /// Surfaces are catalogs of their own; what is for all of them is part of each.
    @Test func anItemStandsOnceForASurface() throws {
        let apart = line("a", "x", namespace: "home") + line("a", "y", namespace: "shop")
        #expect(try catalogs.rows(apart, as: "c.jsonl") == ["a: x"])
        #expect(try catalogs.rows(apart, as: "c.jsonl", surface: "shop") == ["a: y"])
        #expect(try catalogs.rows(apart + line("a", ""), as: "c.jsonl") == ["a: x"])
        let forAll = apart + line("b", "z") + line("a", "z")
        #expect(try catalogs.message(forAll, as: "c.jsonl") == "c.jsonl:4: item \"a\" is on line 1 already")
        #expect(throws: CatalogError.self) { try catalogs.rows(forAll, as: "c.jsonl", surface: "shop") }
        #expect(try catalogs.rows(forAll, as: "c.jsonl", surface: "third") == ["a: z", "b: z"])
    }

    @Test func moreItemsThanTheLimit() throws {
        var catalogs = catalogs
        catalogs.limits.maximumItemCount = 2
        let start = "item_id,tags,namespace\na,x,\nx,x,shop\ny,,\nb,x,\n"
        #expect(try catalogs.rows(start) == ["a: x", "b: x"])
        let error = #expect(throws: LimitExceeded.self) { try catalogs.rows(start + "c,x,\nd,x,\n") }
        #expect(error?.kind == .refused)
        #expect(
            error.map { catalogs.withoutFolder($0.message) }
                == "c.csv:6: items up to here: 3, more than limits.max_distinct_items_per_run allows, which is 2")
    }

    @Test(arguments: 0..<200)
    func everySpellingOfACatalogIsTheSame(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let catalog = RandomCatalog(using: &random)
        var catalogs = catalogs
        for form in ["c.csv", "c.jsonl"] {
            catalogs.chunkByteCount = Int.random(in: 1...200, using: &random)
            let text = form == "c.csv" ? catalog.csv(using: &random) : catalog.jsonLines(using: &random)
            let bytes = Array(text.utf8)
            let packed = [bytes, Gzip.stored(bytes), Zstandard().compress(bytes)].randomElement(using: &random)
            let path = try catalogs.folder.write(packed ?? bytes, as: form)
            for surface in RandomCatalog.surfaces {
                let rows = try catalogs.build(path, surface: surface).rows
                #expect(try CatalogFolder.text(of: rows) == catalog.rows(of: surface))
            }
        }
    }
}
