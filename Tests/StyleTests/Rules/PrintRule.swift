/// Only commands and tools write to the standard output: it carries their data.
struct PrintRule: FileRule {
    func violations(in file: SourceFile) -> [Violation] {
        // The example of the README is a part of somebody's program.
        let printing = ["Sources/Commands/", "Tests/ArtifactsTests/ReadmeExampleTests.swift"]
        guard file.stands(in: ["Sources/", "Tests/"]), !file.stands(in: printing) else { return [] }
        return file.tokens.indices.filter { isPrint(file, at: $0) }.map { index in
            let message = "\(file.tokens[index].text)(: return the text, or report it through Sources/Commands"
            return Violation(file, file.tokens[index].line, message)
        }
    }

    private func isPrint(_ file: SourceFile, at index: Int) -> Bool {
        let isName = ["print", "debugPrint", "dump", "NSLog"].contains(file.tokens[index].text)
        let before = file.tokenText(at: index - 1)
        let isMember = before == "." && file.tokenText(at: index - 2) != "Swift"
        return isName && file.tokenText(at: index + 1) == "(" && !isMember && before != "func"
    }
}
