/// No notes to oneself stay behind: what is left to do is done, or is tracked elsewhere.
struct LeftoverRule: FileRule {
    // Put together here, so that this file does not hold them.
    private static let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]

    func violations(in file: SourceFile) -> [Violation] {
        file.lines.enumerated().compactMap { index, line in
            let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
            guard let word = words.first(where: { LeftoverRule.words.contains(String($0)) }) else { return nil }
            return Violation(file, index + 1, "'\(word)': do it, or track it outside of the sources")
        }
    }
}
