package import Events
package import Platform

/// Input that cannot be ingested.
package enum IngestError: Failure {
    /// A path names neither a file nor a folder.
    case noSuchInput(path: String)
    /// A pattern matches nothing.
    case noMatch(pattern: String)
    /// A folder without a file of events.
    case emptyFolder(path: String)
    /// An input occurs twice, be it by different paths.
    case repeatedInput(path: String, earlierPath: String)
    /// Records break the contract; `first` are some of them in the order of the input.
    case badRecords(count: Int, first: [RejectedRecord])
    /// More records break the contract than may be set aside; they are in `folder`, which a dry run has not.
    case tooManyRejects(count: Int, recordCount: Int, maximumRatio: Double, folder: String?)
    /// The input has no event of the window that it is to replace, of one tenant and surface or of any in scope.
    case noEvents(SurfaceKey?, Window, outOfWindowCount: Int, outOfScopeCount: Int)
    /// There are more events than `limits.max_events_per_run`.
    case tooManyEvents(limit: Int, input: String)

    package var kind: FailureKind {
        switch self {
        case .noSuchInput, .noMatch, .emptyFolder, .noEvents: .notFound
        case .repeatedInput: .usage
        case .badRecords, .tooManyRejects: .badInput
        case .tooManyEvents: .refused
        }
    }

    package var message: String {
        switch self {
        case .noSuchInput(let path): return "\(path): no such file or folder"
        case .noMatch(let pattern): return "\(pattern): no file or folder matches this pattern"
        case .emptyFolder(let path):
            return "\(path): no .jsonl, .jsonl.gz or .jsonl.zst file in this folder or below it"
        case .repeatedInput(let path, let earlierPath):
            return path == earlierPath ? "\(path): given twice" : "\(path): the same file as \(earlierPath)"
        case .badRecords(let count, let first):
            let lines = first.map(\.description) + (count > first.count ? ["and \(count - first.count) more"] : [])
            return lines.joined(separator: "\n")
                + "\n\(count) bad \(count == 1 ? "record" : "records"), nothing was replaced"
        case .tooManyRejects(let count, let recordCount, let maximumRatio, let folder):
            return (folder.map { "\($0): " } ?? "")
                + "\(count) of \(recordCount) records are bad, more than the \(maximumRatio) that "
                + "max_reject_ratio allows; nothing was replaced"
        case .noEvents(let key, let window, let outOfWindowCount, let outOfScopeCount):
            return (key.map { "\($0): " } ?? "") + "the input has no events of \(window.phrase), "
                + "\(outOfWindowCount) of other days, \(outOfScopeCount) of other tenants or surfaces; "
                + "nothing was replaced"
        case .tooManyEvents(let limit, let input):
            return "\(input): more than \(limit) events in one run, nothing was replaced"
        }
    }

    package var remedy: String? {
        switch self {
        case .noSuchInput: "check the spelling of the path"
        case .noMatch: "check the spelling of the pattern; a folder stands for all files of events below it"
        case .emptyFolder: "name the files, or a folder that holds some"
        case .repeatedInput: "name each input once: events of one that is read twice would count twice"
        case .badRecords: "correct or remove these lines and run the same command again"
        case .tooManyRejects(_, _, _, nil): "run it without --dry-run to have them set aside, and look at them"
        case .tooManyRejects: "look at them in that folder; correct the source, or raise max_reject_ratio"
        case .noEvents: "check tenant, surface, window and input"
        case .tooManyEvents: "check the input, choose a shorter window, or raise limits.max_events_per_run"
        }
    }
}
