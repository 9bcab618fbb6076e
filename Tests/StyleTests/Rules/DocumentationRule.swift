/// What other modules may use says what it promises: types and functions have a documentation comment.
///
/// Functions that satisfy a protocol of the standard library or of the argument parser are documented there.
struct DocumentationRule: FileRule {
    private static let witnesses: Set = [
        "==", "<", "hash", "encode", "run", "validate", "next", "makeIterator", "index", "formIndex",
    ]

    func violations(in file: SourceFile) -> [Violation] {
        guard file.stands(in: ["Sources/", "Tools/"]) else { return [] }
        let commentLines = Set(file.comments.map(\.line))
        let documentationLines = Set(file.comments.filter(\.isDocumentation).map(\.line))
        return file.outline.declarations.filter(needsDocumentation).compactMap { declaration in
            var line = declaration.firstLine - 1
            while commentLines.contains(line), !documentationLines.contains(line) { line -= 1 }
            if documentationLines.contains(line) { return nil }
            let name = "\(declaration.keyword) \(declaration.name)"
            return Violation(file, declaration.line, "'\(name)' has no documentation comment; say what it promises")
        }
    }

    private func needsDocumentation(_ declaration: Declaration) -> Bool {
        guard declaration.isVisibleOutsideModule else { return false }
        if Declaration.typeKeywords.contains(declaration.keyword) { return true }
        return declaration.keyword == "func" && !DocumentationRule.witnesses.contains(declaration.name)
    }
}
