/// Threads are started in one place.
struct ConcurrencyRule: FileRule {
    func violations(in file: SourceFile) -> [Violation] {
        guard file.stands(in: ["Sources/", "Tools/"]), !file.stands(in: ["Sources/Platform/Concurrency/"]) else {
            return []
        }
        return file.tokens.indices.filter { startsThread(file, at: $0) }.map { index in
            let word = file.tokens[index].text
            return Violation(file, file.tokens[index].line, "\(word): use Parallel of Sources/Platform/Concurrency")
        }
    }

    private func startsThread(_ file: SourceFile, at index: Int) -> Bool {
        switch file.tokens[index].text {
        case "DispatchQueue", "DispatchGroup", "Thread", "OperationQueue", "pthread_create": true
        case "withTaskGroup", "withThrowingTaskGroup", "withDiscardingTaskGroup": true
        case "Task": ["{", "(", "."].contains(file.tokenText(at: index + 1)) && file.tokenText(at: index - 1) != "."
        default: false
        }
    }
}
