package import SystemPackage

/// A file system operation that failed, with its path and the system's reason.
package struct StorageError: Failure {
    /// The operation, as a verb: "open", "rename".
    package let operation: String
    /// The file or folder it was about.
    package let path: FilePath
    /// The system's reason.
    package let errno: Errno
    /// The length in bytes that a file had when it was opened, and the one that it has now, if that is why it could not
    /// be read.
    private let lengths: (opened: Int, found: Int)?

    package init(_ operation: String, _ path: FilePath, _ errno: Errno) {
        self.operation = operation
        self.path = path
        self.errno = errno
        lengths = nil
    }

    /// A file that became shorter while it was read.
    init(cutOff path: FilePath, from byteCount: Int, to found: Int) {
        operation = "read"
        self.path = path
        errno = .ioError
        lengths = (byteCount, found)
    }

    package var kind: FailureKind {
        if lengths != nil { return .corruption }
        return switch errno {
        case .noSuchFileOrDirectory: .notFound
        case .isDirectory, .illegalSeek: .usage
        default: .storage
        }
    }

    package var message: String { "\(path): \(detail)" }

    /// The message without the path.
    package var detail: String {
        guard let lengths else { return "cannot \(operation): \(errno)" }
        return "cut off to \(lengths.found) bytes while it was read; it had \(lengths.opened)"
    }

    package var remedy: String? {
        if lengths != nil { return "restore the file from a copy, or make it again from its input" }
        return switch errno {
        case .ioError: "check that storage, of which the system's log says more; then run the same command again"
        case .noSpace: "free some space on that file system and run the same command again"
        case .diskQuotaExceeded: "remove some files, or have the quota raised, and run the same command again"
        case .fileTooLarge: "raise the limit of file sizes (ulimit -f) and run the same command again"
        case .permissionDenied, .notPermitted: "check the owner and the mode of the file and its folder"
        case .noSuchFileOrDirectory: "check the spelling of the path"
        case .isDirectory: "name a file in that folder"
        case .illegalSeek: "it is a pipe or a device; write what comes from it to a file, and name that"
        case .notDirectory: "a part of that path is a file; check its spelling, or choose another place"
        case .tooManyOpenFiles: "raise the limit of open files (ulimit -n) and run the same command again"
        case .readOnlyFileSystem: "choose a writable place with --out-dir"
        default: nil
        }
    }
}
