import Builders
import Columns
import Commands
import Platform
import SystemPackage

/// A question that a file does not answer.
enum DumpError: Failure {
    /// A command for artifacts, and the file is a partition.
    case artifactsOnly(String, path: FilePath)
    /// A command for artifacts of other kinds.
    case otherKind(String, kinds: String, kind: ArtifactKind, path: FilePath)
    /// An option for partitions, and the file is an artifact.
    case partitionsOnly(option: String, path: FilePath)
    /// An artifact has no row with that key.
    case noSuchKey(String, what: String, path: FilePath, near: [String])
    /// A file has no such section or dictionary.
    case noSuchName(String, of: String, path: FilePath, names: [String])
    /// Rows that were asked for are damaged, and so are not printed.
    case damagedFile(FormatError)
    /// Some rows could not be shown, for blocks of these sections are damaged.
    case damagedRows(Int, of: Int, sections: [String], path: FilePath)
    /// Some blocks cannot be read; none of the rows that were asked for needs them.
    case damagedBlocks(Int, path: FilePath)

    var kind: FailureKind {
        switch self {
        case .artifactsOnly, .otherKind, .partitionsOnly, .noSuchName: .usage
        case .noSuchKey: .notFound
        case .damagedFile(let error): error.kind
        case .damagedRows, .damagedBlocks: .corruption
        }
    }

    var message: String {
        switch self {
        case .artifactsOnly(let command, let path): "\(path): is a partition, and \(command) is for artifacts"
        case .otherKind(let command, let kinds, let kind, let path):
            "\(path): is an artifact of kind \(kind.rawValue), and \(command) is for \(kinds)"
        case .partitionsOnly(let option, let path): "\(path): is an artifact, and \(option) is for partitions"
        case .noSuchKey(let key, let what, let path, _): "\(path): no \(what) \"\(DisplayText.line(key))\""
        case .noSuchName(let name, let what, let path, _): "\(path): has no \(what) \"\(DisplayText.line(name))\""
        case .damagedFile(let error): error.message
        case .damagedRows(let count, let total, let sections, let path):
            "\(path): \(count.grouped) of \(total.counted("row")) cannot be read "
                + "(damaged: \(sections.joined(separator: ", "))) and were left out"
        case .damagedBlocks(let count, let path):
            "\(path): \(count.counted("block")) cannot be read; no row that was asked for needs them"
        }
    }

    var remedy: String? {
        switch self {
        case .artifactsOnly: "for the events of a partition: recsys-dump rows FILE --user ID, or --item ID"
        case .otherKind(_, _, let kind, _): kind.form.question
        case .partitionsOnly: "for the row of a key: recsys-dump neighbors FILE ITEM, user FILE ID, or tags FILE ITEM"
        case .noSuchKey(_, _, _, let near):
            NearestKeys.question(near, dictionary: "row") ?? "list what there is: recsys-dump dictionary FILE row"
        case .noSuchName(_, _, _, let names): "there are: \(names.joined(separator: ", "))"
        case .damagedFile:
            "print the other rows with --skip-damaged; restore the file from a copy, or make it again from its input"
        case .damagedRows, .damagedBlocks:
            "recsys-dump blocks FILE shows what is damaged; restore the file from a copy, or make it again"
        }
    }
}

extension ArtifactForm {
    /// What to ask an artifact of this form.
    fileprivate var question: String {
        switch self {
        case .ranking: "ask it: recsys-dump top FILE"
        case .neighbors: "ask it: recsys-dump neighbors FILE ITEM"
        case .users: "ask it: recsys-dump user FILE ID"
        case .tags: "ask it: recsys-dump tags FILE ITEM"
        }
    }
}
