import TestSupport

/// A catalog of random items, in the many ways to write it, and what content_sim makes of it.
struct RandomCatalog {
    static let surfaces = ["home", "shop", "a,\"b\""]

    private let items: [Item]

    private struct Item {
        let id: String
        let namespace: String
        /// As they are: without separators, to be lower-cased.
        let tags: [String]
    }

    /// At least one item; each id once for a surface.
    init(using random: inout SplitMix64) {
        var items: [Item] = []
        for index in 0..<Int.random(in: 1...12, using: &random) {
            let id = "\(index % 7)" + RandomCatalog.text(of: RandomCatalog.idCharacters, using: &random) + "\(index)"
            let tags = (0..<Int.random(in: 0...5, using: &random)).map { _ in
                RandomCatalog.text(of: RandomCatalog.tagCharacters, using: &random)
            }
            let namespace = (RandomCatalog.surfaces + ["", "", "other"]).randomElement(using: &random) ?? ""
            items.append(Item(id: id, namespace: namespace, tags: tags))
            // The same item for another surface.
            if namespace == "home" { items.append(Item(id: id, namespace: "shop", tags: tags.reversed())) }
        }
        self.items = items.shuffled(using: &random)
    }

    private static let idCharacters = [
        "a", "B", "é", "e\u{301}", ",", "\"", "\n", "\r\n", "\r", " ", "\u{3000}", "😀", "\\",
    ]
    private static let tagCharacters = ["x", "X", "y", "É", "e\u{301}", "\"", "\n", " ", "İ", "ß", "\u{FEFF}", "z"]

    private static func text(of characters: [String], using random: inout SplitMix64) -> String {
        (0..<Int.random(in: 0...3, using: &random)).map { _ in characters.randomElement(using: &random) ?? "" }.joined()
    }

    /// The rows of a surface as text: `id: tag|tag`, in the order of the bytes of the ids.
    func rows(of surface: String) -> [String] {
        let own = items.filter { $0.namespace.isEmpty || $0.namespace == surface }
        let rows = own.map { item in
            var tags: [String] = []
            for tag in item.tags.map({ trimmed($0).lowercased() }) where !tag.isEmpty {
                if !tags.contains(where: { $0.utf8.elementsEqual(tag.utf8) }) { tags.append(tag) }
            }
            return (id: item.id, tags: tags)
        }
        return rows.filter { !$0.tags.isEmpty }.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
            .map { "\($0.id): \($0.tags.joined(separator: "|"))" }
    }

    private func trimmed(_ text: String) -> String {
        let isBlank = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
        let scalars = Array(text.unicodeScalars.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
        return String(String.UnicodeScalarView(scalars))
    }

    // MARK: Ways to write it

    func csv(using random: inout SplitMix64) -> String {
        let columns = RandomCatalog.names(using: &random) + ["price", "created_at"]
        let order = columns.indices.shuffled(using: &random)
        let lineEnd = Bool.random(using: &random) ? "\n" : "\r\n"
        var text = Bool.random(using: &random) ? "\u{FEFF}" : ""
        let header = columns.map { Bool.random(using: &random) ? $0 : $0.uppercased() }
        for record in [header] + items.map({ fields(of: $0, using: &random) }) {
            text += order.map { RandomCatalog.field(record[$0], using: &random) }.joined(separator: ",") + lineEnd
            if Int.random(in: 0..<4, using: &random) == 0 {
                text += ([" ", "", "\t"].randomElement(using: &random) ?? "") + lineEnd
            }
        }
        // The end of the last line may be missing; of CR LF it is one character.
        return Bool.random(using: &random) ? text : String(text.dropLast())
    }

    private func fields(of item: Item, using random: inout SplitMix64) -> [String] {
        [item.id + " ", RandomCatalog.list(item.tags, using: &random), item.namespace, "1,5", "now"]
    }

    func jsonLines(using random: inout SplitMix64) -> String {
        let lines = items.map { item -> String in
            let names = RandomCatalog.names(using: &random)
            let tags =
                Bool.random(using: &random)
                ? JSONSpelling.string(RandomCatalog.list(item.tags, using: &random), using: &random)
                : "[" + item.tags.map { JSONSpelling.string($0, using: &random) }.joined(separator: " , ") + "]"
            let members = [
                (names[0], JSONSpelling.string(" " + item.id, using: &random)), (names[1], tags),
                (names[2], JSONSpelling.string(item.namespace, using: &random)), ("price", "[1.5e2,{\"tags\":null}]"),
            ]
            return JSONSpelling.object(members, using: &random)
        }
        return lines.joined(separator: Bool.random(using: &random) ? "\n" : "\r\n\n")
    }

    /// The names of the id, of the tags and of the namespace.
    private static func names(using random: inout SplitMix64) -> [String] {
        [
            ["item_id", "id", "itemid"].randomElement(using: &random) ?? "id",
            ["tags", "tag_list"].randomElement(using: &random) ?? "tags", "namespace",
        ]
    }

    /// Tags with any of the separators between them.
    private static func list(_ tags: [String], using random: inout SplitMix64) -> String {
        tags.map { $0 + ([",", ";", "|", ",;", " | "].randomElement(using: &random) ?? ",") }.joined()
    }

    /// A field in quotes, or without where it needs none.
    private static func field(_ text: String, using random: inout SplitMix64) -> String {
        let needsQuotes = text.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
        if !needsQuotes && Bool.random(using: &random) { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
