import FoundationEssentials
package import SystemPackage

/// A JSON file of ours whose member `v` says that a newer version of the program wrote it.
package struct NewerVersionError: Failure {
    package let path: FilePath
    /// What `v` is.
    package let version: Int

    package var kind: FailureKind { .usage }
    package var message: String { "\(path): of version \(version), this program reads version 1" }
    package var remedy: String? { "install the version that wrote it, or a newer one" }

    /// For files that could not be made sense of: says if that is because they are too new.
    ///
    /// - Parameter bytes: The content of the file at `path`.
    package static func check(_ bytes: [UInt8], at path: FilePath) throws(NewerVersionError) {
        guard let header = try? JSONDecoder().decode(Header.self, from: Data(bytes)), header.v > 1 else { return }
        throw NewerVersionError(path: path, version: header.v)
    }

    /// The member that says how the others are to be read.
    private struct Header: Decodable {
        let v: Int
    }
}
