/// A word, a sign or a string literal of Swift source, and where it stands.
struct Token: Equatable {
    /// The word with its back-quotes, or the sign's one character. String literals are all `"`.
    let text: String
    /// The line, counted from 1.
    let line: Int
}

/// A comment of one line, or one line of a longer comment.
struct Comment: Equatable {
    /// The text with its slashes.
    let text: String
    /// The line, counted from 1.
    let line: Int

    /// True if it documents what follows.
    var isDocumentation: Bool { text.hasPrefix("///") || text.hasPrefix("/**") }
}
