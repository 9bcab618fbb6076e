import Pipeline
import Platform
import SystemPackage

extension CommandResult {
    /// - Throws: `IncompleteResult` if a file is not what it must be.
    init(_ report: VerificationReport) throws {
        let result = CommandResult(CommandResult.lines(report)) { $0.members(of: report) }
        guard let worst = report.worstKind else {
            self = result
            return
        }
        let count = report.counts.reduce(0) { $0 + $1.fileCount }
        throw IncompleteResult(
            result: result, kind: worst,
            message: "\(report.problems.count.grouped) of \(count.counted("file")) cannot be trusted",
            remedy: "each is named above with what to do; recsys-dump shows what can be read of a damaged file")
    }

    private static func lines(_ report: VerificationReport) -> [String] {
        let problems = report.problems.flatMap { problem in
            ["\(problem.failure.kind.word): \(problem.failure.message)"]
                + (problem.failure.remedy.map { ["  \($0)"] } ?? [])
        }
        let rows = report.counts.map { count in
            [count.role, count.fileCount.grouped, count.byteCount.grouped, count.problemCount.grouped]
        }
        let others = report.others.isEmpty ? [] : ["\(report.others.count.counted("other file")) not looked at"]
        return problems + Table.lines([["FILES", "COUNT", "BYTES", "PROBLEMS"]] + rows) + others
    }
}

extension VerificationReport {
    /// What the whole comes to: damage before what could not be read. Nil if all is well.
    fileprivate var worstKind: FailureKind? {
        let kinds = problems.map(\.failure.kind)
        // What a file names and is not there is damage too.
        if kinds.contains(where: { $0 == .corruption || $0 == .notFound }) { return .corruption }
        return kinds.first
    }
}

extension FailureKind {
    fileprivate var word: String {
        switch self {
        case .corruption: "damaged"
        case .notFound: "missing"
        case .storage: "unreadable"
        default: "not verified"
        }
    }
}

extension JSONWriter {
    fileprivate mutating func members(of report: VerificationReport) {
        key("files")
        array { json in
            for count in report.counts {
                json.object { json in
                    json.member("role", count.role)
                    json.member("count", count.fileCount)
                    json.member("bytes", count.byteCount)
                    json.member("problems", count.problemCount)
                }
            }
        }
        key("problems")
        array { json in
            for problem in report.problems {
                json.object { json in
                    json.member("path", problem.path.string)
                    json.member("role", problem.role)
                    json.member("kind", problem.failure.kind.rawValue)
                    json.member("message", problem.failure.message)
                    if let remedy = problem.failure.remedy { json.member("remedy", remedy) }
                }
            }
        }
        key("others")
        array { json in for path in report.others { json.string(path.string) } }
    }
}
