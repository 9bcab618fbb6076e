import ArgumentParser
import Artifacts
import Platform
import SystemPackage

/// The forms that `export` writes.
enum ExportForm: String, CaseIterable, ExpressibleByArgument {
    case jsonV1 = "json-v1"
    case tsv
}

/// An artifact in a form that other programs read.
enum ArtifactExport {
    /// What an artifact is kept as.
    enum Source {
        case artifactFile(DataFile)
        /// JSON v1 already.
        case json(DataFile)
    }

    /// Hands the artifact to `sink` piece by piece.
    ///
    /// - Parameter scratch: Where its rows are kept meanwhile.
    /// - Throws: `FormatError` if the file is damaged; `ArtifactError` if it has no such form; whatever `sink` throws.
    static func write(
        _ source: Source, as form: ExportForm, scratch: ScratchSpace, to sink: ([UInt8]) throws -> Void,
    ) throws {
        switch (source, form) {
        case (.json(let file), .jsonV1): try file.forEachPiece { try sink($0.copiedBytes) }
        case (.json(let file), .tsv): throw ArtifactError.publishedAsJSON(path: file.path)
        case (.artifactFile(let file), .jsonV1):
            let artifact = try ArtifactDecoder.decode(file, keepingRowsIn: scratch)
            try JSONv1Writer.write(artifact, version: JSONv1Writer.version(of: artifact), to: sink)
        case (.artifactFile(let file), .tsv):
            try TSVWriter.write(ArtifactDecoder.decode(file, keepingRowsIn: scratch), to: sink)
        }
    }
}
