package import Platform
package import SystemPackage

/// A file that is not what it should be.
package struct FormatError: Failure {
    /// What kind of wrong it is.
    package enum Code: Sendable, Equatable {
        /// The file is of another format, or cut off before it says of which.
        case notRecognised
        /// The file was written by a newer version.
        case needsNewerReader
        /// The file was ours and has been damaged.
        case corrupt
        /// The file is intact and is somebody else's: another tenant, surface, day.
        case mismatched
        /// The storage did not give out the bytes that it holds.
        case unreadable
    }

    package let code: Code
    package let path: FilePath
    /// What is wrong, and where: section, block, offset.
    package let detail: String

    package init(_ code: Code, _ path: FilePath, _ detail: String) {
        self.code = code
        self.path = path
        self.detail = detail
    }

    /// A file of which bytes cannot be read.
    package init(_ error: StorageError) {
        self.init(error.kind == .corruption ? .corrupt : .unreadable, error.path, error.detail)
    }

    package var kind: FailureKind {
        switch code {
        case .needsNewerReader: .usage
        case .unreadable: .storage
        case .notRecognised, .corrupt, .mismatched: .corruption
        }
    }

    package var message: String { "\(path): \(detail)" }

    package var remedy: String? {
        switch code {
        case .notRecognised: "check that the path names the file you mean"
        case .needsNewerReader: "install the version that wrote it, or a newer one"
        case .unreadable: "check that storage, of which the system's log says more; then run the same command again"
        case .corrupt, .mismatched: "restore the file from a copy, or make it again from its input"
        }
    }
}
