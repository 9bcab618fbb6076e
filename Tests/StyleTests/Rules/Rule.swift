/// Something that the package's files keep to.
protocol Rule: Sendable {
    /// Where the files break the rule.
    func violations(in tree: SourceTree) -> [Violation]
}

/// A rule that looks at one file at a time.
protocol FileRule: Rule {
    /// Where the file breaks the rule.
    func violations(in file: SourceFile) -> [Violation]
}

extension FileRule {
    func violations(in tree: SourceTree) -> [Violation] {
        tree.files.flatMap(violations(in:))
    }
}

/// A place where a rule is broken, and what to do about it.
struct Violation: Equatable, CustomStringConvertible {
    let path: String
    let line: Int
    let message: String

    init(_ file: SourceFile, _ line: Int, _ message: String) {
        path = file.path
        self.line = line
        self.message = message
    }

    var description: String { "\(path):\(line): \(message)" }
}
