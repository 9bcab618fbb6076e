/// A text file of the package, read and, if it is Swift, taken apart.
struct SourceFile: Sendable {
    /// The path relative to the package, with slashes.
    let path: String
    let lines: [Substring]
    /// What Swift source consists of; empty for other files.
    let tokens: [Token]
    let comments: [Comment]
    let outline: Outline

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let scanner = Scanner(path.hasSuffix(".swift") ? text : "")
        tokens = scanner.tokens
        comments = scanner.comments
        outline = Outline(scanner.tokens)
    }

    var isSwift: Bool { path.hasSuffix(".swift") }

    /// The last part of the path, without its extension.
    var baseName: String {
        let name = path.split(separator: "/").last ?? ""
        return String(name.prefix { $0 != "." })
    }

    /// The module that a file under `Sources` belongs to.
    var module: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
    }

    /// True if the file stands in one of the folders, which end in a slash, or is one of the files.
    func stands(in places: [String]) -> Bool {
        places.contains { $0.hasSuffix("/") ? path.hasPrefix($0) : path == $0 }
    }

    /// The text of the token at `index`, or nothing beyond the ends.
    func tokenText(at index: Int) -> String {
        tokens.indices.contains(index) ? tokens[index].text : ""
    }
}
