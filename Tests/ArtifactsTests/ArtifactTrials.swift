import Artifacts
import Builders
import Columns
import Platform
import TestSupport

extension TemporaryFolder {
    /// Opens bytes as a file.
    func open(_ bytes: [UInt8]) throws -> DataFile {
        try DataFile(path: write(bytes, as: "fixture.rsart"))
    }

    /// The code of the error with which an artifact file is refused; nil if it is not.
    func refusal(_ bytes: [UInt8]) throws -> FormatError.Code? {
        let file = try open(bytes)
        do throws(FormatError) {
            _ = try ArtifactDecoder.verify(file)
            return nil
        } catch {
            return error.code
        }
    }
}

/// The bytes of an artifact file.
func encoded(_ artifact: Artifact, threadCount: Int = 1, using zstandard: Zstandard = Zstandard()) -> [UInt8] {
    var bytes: [UInt8] = []
    do {
        try ArtifactEncoder.encode(artifact, threadCount: threadCount, using: zstandard) { bytes += $0.copiedBytes }
    } catch {
        preconditionFailure("a small artifact is encoded in memory: \(error)")
    }
    return bytes
}
