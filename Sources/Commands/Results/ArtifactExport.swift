import Artifacts
import Platform

/// An artifact as JSON v1, whatever form it is kept in.
enum JSONv1Export {
    /// What an artifact is kept as.
    enum Source {
        case artifactFile(MappedFile)
        /// JSON v1 already.
        case json(MappedFile)
    }

    /// Hands the JSON to `sink` piece by piece.
    ///
    /// - Throws: `FormatError` if the file is damaged; whatever `sink` throws.
    static func write(_ source: Source, to sink: ([UInt8]) throws -> Void) throws {
        switch source {
        case .json(let file): try sink(file.bytes.copiedBytes)
        case .artifactFile(let file):
            let artifact = try ArtifactDecoder.decode(file)
            try JSONv1Writer.write(artifact, version: JSONv1Writer.version(of: artifact), to: sink)
        }
    }
}
