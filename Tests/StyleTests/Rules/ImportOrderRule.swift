/// Data walks one way: a module imports only modules that stand before it.
struct ImportOrderRule: FileRule {
    static let order = [
        "Platform", "Events", "Columns", "Partitions", "Ingest", "Scan", "Builders", "Artifacts", "Publishing",
        "Pipeline", "Commands",
    ]

    func violations(in file: SourceFile) -> [Violation] {
        guard let module = file.module, let place = ImportOrderRule.order.firstIndex(of: module) else { return [] }
        return file.imports.compactMap { imported, line in
            guard let importedPlace = ImportOrderRule.order.firstIndex(of: imported), importedPlace >= place else {
                return nil
            }
            let message = "\(module) stands before \(imported) and cannot import it; move the code to the later module"
            return Violation(file, line, message)
        }
    }
}

extension SourceFile {
    private static let importKinds: Set = ["struct", "class", "enum", "protocol", "func", "let", "var", "typealias"]

    /// The modules that the file imports, with the lines.
    var imports: [(module: String, line: Int)] {
        tokens.indices.filter { tokens[$0].text == "import" }.map { index in
            let hasKind = SourceFile.importKinds.contains(tokenText(at: index + 1))
            return (tokenText(at: index + (hasKind ? 2 : 1)), tokens[index].line)
        }
    }
}
