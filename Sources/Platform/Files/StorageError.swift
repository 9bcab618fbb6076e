package import SystemPackage

/// A file system operation that failed, with its path and the system's reason.
package struct StorageError: Failure {
    /// The operation, as a verb: "open", "rename".
    package let operation: String
    /// The file or folder it was about.
    package let path: FilePath
    /// The system's reason.
    package let errno: Errno

    package init(_ operation: String, _ path: FilePath, _ errno: Errno) {
        self.operation = operation
        self.path = path
        self.errno = errno
    }

    package var kind: FailureKind {
        switch errno {
        case .noSuchFileOrDirectory: .notFound
        case .isDirectory, .illegalSeek: .usage
        default: .storage
        }
    }

    package var message: String {
        "\(path): cannot \(operation): \(errno)"
    }

    package var remedy: String? {
        switch errno {
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
