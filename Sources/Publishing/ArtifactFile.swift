package import Artifacts
import Builders
package import Platform

/// In which form an artifact is staged and published.
package enum ArtifactFileFormat: String, Sendable, CaseIterable {
    /// The product's own binary file.
    case rsart
    /// JSON v1, for services that read JSON.
    case jsonV1 = "json-v1"

    /// The extension of file names.
    package var fileExtension: String {
        switch self {
        case .rsart: ArtifactFormat.fileExtension
        case .jsonV1: "json"
        }
    }

    /// The form of files with that extension.
    package init?(fileExtension: String?) {
        guard let format = ArtifactFileFormat.allCases.first(where: { $0.fileExtension == fileExtension }) else {
            return nil
        }
        self = format
    }
}

/// An artifact as the bytes of a file, with its version.
package struct ArtifactFile: Sendable {
    package let key: ArtifactKey
    package let format: ArtifactFileFormat
    /// Of an `.rsart` file the SHA-256 of its bytes; of JSON v1 that of its compact form without times.
    package let version: SHA256Digest
    /// The SHA-256 of the bytes.
    package let digest: SHA256Digest
    package let bytes: [UInt8]

    package init(_ artifact: Artifact, format: ArtifactFileFormat, using zstandard: Zstandard) {
        var output: [UInt8] = []
        switch format {
        case .rsart:
            output = ArtifactEncoder.encode(artifact, using: zstandard)
            digest = SHA256Digest(of: output.rawSpan)
            version = digest
        case .jsonV1:
            version = JSONv1Writer.version(of: artifact)
            JSONv1Writer.write(artifact, version: version) { output += $0 }
            digest = SHA256Digest(of: output.rawSpan)
        }
        key = artifact.key
        self.format = format
        bytes = output
    }

    /// A file that was made before.
    package init(
        key: ArtifactKey, format: ArtifactFileFormat, version: SHA256Digest, digest: SHA256Digest, bytes: [UInt8],
    ) {
        self.key = key
        self.format = format
        self.version = version
        self.digest = digest
        self.bytes = bytes
    }

    /// `<version>.<extension>`.
    package var name: String { "\(version).\(format.fileExtension)" }
}
