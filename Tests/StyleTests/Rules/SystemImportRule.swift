/// System calls live in Platform.
struct SystemImportRule: FileRule {
    private static let modules: Set = ["Glibc", "Musl", "Darwin"]

    func violations(in file: SourceFile) -> [Violation] {
        guard file.stands(in: ["Sources/", "Tools/"]), !file.stands(in: ["Sources/Platform/"]) else { return [] }
        return file.imports.filter { SystemImportRule.modules.contains($0.module) }.map { module, line in
            Violation(file, line, "import \(module): call the system through a type of Sources/Platform")
        }
    }
}
