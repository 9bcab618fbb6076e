/// A name that a file declares outside of function bodies.
struct Declaration {
    /// `func`, `struct`, `let` and so on.
    let keyword: String
    /// The name; `init` or `subscript` for those, the extended type for an extension, the signs of an operator.
    let name: String
    /// The words before the keyword, without attributes: `package`, `static`.
    let modifiers: Set<String>
    /// The line of the first attribute or modifier.
    let firstLine: Int
    /// The line of the keyword.
    let line: Int
    /// The declaration whose braces this one stands in.
    let container: Int?

    static let typeKeywords: Set = ["struct", "class", "enum", "actor", "protocol"]
    static let functionKeywords: Set = ["func", "init", "deinit", "subscript"]
    static let valueKeywords: Set = ["let", "var"]

    /// True if other packages may use it.
    var isPublic: Bool { !modifiers.isDisjoint(with: ["public", "open"]) }

    /// True if other modules may use it.
    var isVisibleOutsideModule: Bool { isPublic || modifiers.contains("package") }

    /// True if other files may use it.
    var isVisibleOutsideFile: Bool { modifiers.isDisjoint(with: ["private", "fileprivate"]) }
}

/// The lines of a function or of a property with code.
struct Body {
    /// `func rename`, `init`, `var count`.
    let title: String
    /// The line of the keyword.
    let line: Int
    /// How many lines stand between the line with the opening brace and the line with the closing one.
    let lineCount: Int
}
