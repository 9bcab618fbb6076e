/// The body of a function, or of a property with code, is at most 40 lines long.
struct FunctionLengthRule: FileRule {
    static let limit = 40

    func violations(in file: SourceFile) -> [Violation] {
        file.outline.bodies.filter { $0.lineCount > FunctionLengthRule.limit }.map { body in
            Violation(file, body.line, "the body of '\(body.title)' has \(body.lineCount) lines; lift a step out of it")
        }
    }
}
