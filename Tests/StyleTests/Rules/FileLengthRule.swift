/// Files of code are at most 400 lines long.
struct FileLengthRule: FileRule {
    static let limit = 400

    func violations(in file: SourceFile) -> [Violation] {
        let count = file.lines.last == "" ? file.lines.count - 1 : file.lines.count
        guard count > FileLengthRule.limit, !file.path.hasSuffix(".md") else { return [] }
        return [Violation(file, FileLengthRule.limit + 1, "\(count) lines; move a facet into a file of its own")]
    }
}
