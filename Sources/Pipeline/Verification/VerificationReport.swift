package import Platform
package import SystemPackage

/// What a verification has found.
package struct VerificationReport: Sendable {
    /// Files of one role that were verified.
    package struct Count: Sendable, Equatable {
        /// "partition", "artifact", "record", ...
        package let role: String
        package var fileCount: Int
        package var byteCount: Int
        package var problemCount: Int
    }

    /// A file that is not what it must be, or that could not be read.
    package struct Problem: Sendable {
        package let path: FilePath
        package let role: String
        package let failure: any Failure
    }

    /// In the order of the roles' names.
    package let counts: [Count]
    /// By path.
    package let problems: [Problem]
    /// Files that nobody knows what they must be, unfinished ones among them: they were not looked at.
    package let others: [FilePath]
}
