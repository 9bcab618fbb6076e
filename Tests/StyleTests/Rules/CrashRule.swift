/// What a file, a user or the system says never ends the process: it is thrown.
struct CrashRule: FileRule {
    private static let allowed = [
        // zstd fails to make a context only when memory has run out, and Swift itself traps then.
        "Sources/Platform/Compression/Zstandard.swift"
    ]

    func violations(in file: SourceFile) -> [Violation] {
        guard file.stands(in: ["Sources/"]), !file.stands(in: CrashRule.allowed) else { return [] }
        return file.tokens.indices.compactMap { index in
            guard let (what, replacement) = crash(file, at: index) else { return nil }
            return Violation(file, file.tokens[index].line, "\(what): \(replacement)")
        }
    }

    private func crash(_ file: SourceFile, at index: Int) -> (what: String, replacement: String)? {
        let next = file.tokenText(at: index + 1)
        switch file.tokens[index].text {
        case "try" where next == "!": return ("try!", "handle the error, or let it be thrown")
        case "as" where next == "!": return ("as!", "use 'as?' and throw what the mismatch means")
        case "fatalError" where next == "(":
            return ("fatalError(", "throw an error of the module; 'precondition' for the caller's contract")
        default: return nil
        }
    }
}
