/// Lines are at most 120 characters long, in code and in prose.
struct LineLengthRule: FileRule {
    static let limit = 120

    func violations(in file: SourceFile) -> [Violation] {
        file.lines.enumerated().compactMap { index, line in
            guard line.utf8.count > LineLengthRule.limit, line.count > LineLengthRule.limit else { return nil }
            return Violation(file, index + 1, "\(line.count) characters; break the line before \(LineLengthRule.limit)")
        }
    }
}
