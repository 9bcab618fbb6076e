/// Every file of `Sources` declares something that another file uses, and none is a placeholder.
///
/// A search for words, no more: it finds a file that was forgotten, not every function that was. Files with the entry
/// point of a program, and what is public, are used from outside.
struct DeadFileRule: Rule {
    func violations(in tree: SourceTree) -> [Violation] {
        let swiftFiles = tree.files.filter(\.isSwift)
        var users: [String: Set<String>] = [:]
        for file in swiftFiles where !file.stands(in: ["Tests/"]) {
            for token in file.tokens { users[token.text, default: []].insert(file.path) }
        }
        return swiftFiles.compactMap { file in
            if file.baseName.lowercased().contains("placeholder") {
                return Violation(file, 1, "a placeholder; give the folder its content, or remove it")
            }
            guard file.stands(in: ["Sources/"]), !isUsedFromOutside(file) else { return nil }
            let names = DeadFileRule.offeredNames(of: file)
            let isUsed = names.contains { !(users[$0] ?? []).subtracting([file.path]).isEmpty }
            return isUsed ? nil : Violation(file, 1, "no other file of the product uses a name from here; remove it")
        }
    }

    private func isUsedFromOutside(_ file: SourceFile) -> Bool {
        if file.baseName == "main" { return true }
        let isEntryPoint = file.tokens.indices.contains {
            file.tokenText(at: $0) == "@" && file.tokenText(at: $0 + 1) == "main"
        }
        return isEntryPoint || file.outline.declarations.contains(where: \.isPublic)
    }

    /// The names that other files would use: those that stand outside of types, or in extensions of types that other
    /// files declare. An initialiser of an extension counts under the name of the type.
    static func offeredNames(of file: SourceFile) -> Set<String> {
        let declarations = file.outline.declarations
        var types: Set<String> = []
        for declaration in declarations where Declaration.typeKeywords.contains(declaration.keyword) {
            types.insert(declaration.name)
        }
        let offered = declarations.filter { declaration in
            guard declaration.isVisibleOutsideFile, declaration.keyword != "extension" else { return false }
            guard let container = declaration.container else { return true }
            return declarations[container].keyword == "extension" && !types.contains(declarations[container].name)
        }
        return Set(
            offered.map { declaration in
                let isNamed = !["init", "subscript"].contains(declaration.keyword)
                return isNamed ? declaration.name : declarations[declaration.container ?? 0].name
            })
    }
}
