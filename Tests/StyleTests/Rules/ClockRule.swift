/// The time is read in one place, so that nothing computed depends on it unseen.
struct ClockRule: FileRule {
    private static let names: Set = [
        "ContinuousClock", "SuspendingClock", "clock_gettime", "gettimeofday", "mach_absolute_time",
    ]

    func violations(in file: SourceFile) -> [Violation] {
        guard file.isSwift, !file.stands(in: ["Sources/Platform/Time/"]) else { return [] }
        return file.tokens.indices.filter { readsClock(file, at: $0) }.map { index in
            let message = "\(file.tokens[index].text): take the time from the clock of Sources/Platform/Time"
            return Violation(file, file.tokens[index].line, message)
        }
    }

    private func readsClock(_ file: SourceFile, at index: Int) -> Bool {
        let word = file.tokens[index].text
        let (first, second) = (file.tokenText(at: index + 1), file.tokenText(at: index + 2))
        if word == "Date" || word == "DispatchTime" {
            return first == "(" && second == ")" || first == "." && second == "now"
        }
        return ClockRule.names.contains(word)
    }
}
