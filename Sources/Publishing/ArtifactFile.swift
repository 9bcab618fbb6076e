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
    private let content: Content

    /// Where the bytes are.
    private enum Content: Sendable {
        /// With the artifact that they were made from, if it was to be kept.
        case made(ScratchArray<UInt8>, Artifact?)
        case stored(DataFile)
    }

    /// Makes the file of an artifact.
    ///
    /// - Parameters:
    ///   - threadCount: How many blocks may be encoded at once.
    ///   - scratch: Where the bytes are kept.
    ///   - keepingRows: True if `artifact` will be asked for.
    /// - Throws: `ArtifactError` if the artifact has no such form; `StorageError` if what does not fit in memory cannot
    ///   be written or read; `Interruption`.
    package init(
        _ artifact: Artifact, format: ArtifactFileFormat, threadCount: Int, scratch: ScratchSpace,
        keepingRows: Bool = false, using zstandard: Zstandard,
    ) throws {
        var bytes = ScratchArrayBuilder<UInt8>(in: scratch)
        var hasher = SHA256Hasher()
        let write = { (piece: RawSpan) in
            hasher.update(piece)
            try bytes.append(piece.octets)
        }
        var jsonVersion: SHA256Digest?
        switch format {
        case .rsart:
            try ArtifactEncoder.encode(artifact, threadCount: threadCount, using: zstandard, to: write)
        case .jsonV1:
            let version = try JSONv1Writer.version(of: artifact)
            try JSONv1Writer.write(artifact, version: version) { try write($0.rawSpan) }
            jsonVersion = version
        }
        key = artifact.key
        self.format = format
        digest = hasher.finish()
        version = jsonVersion ?? digest
        content = .made(try bytes.finish(), keepingRows ? artifact : nil)
    }

    /// A file that was made before.
    package init(
        key: ArtifactKey, format: ArtifactFileFormat, version: SHA256Digest, digest: SHA256Digest, file: DataFile,
    ) {
        self.key = key
        self.format = format
        self.version = version
        self.digest = digest
        content = .stored(file)
    }

    /// `<version>.<extension>`.
    package var name: String { "\(version).\(format.fileExtension)" }

    package var byteCount: Int {
        switch content {
        case .made(let bytes, _): bytes.count
        case .stored(let file): file.byteCount
        }
    }

    /// The artifact itself; nil if it was made without keeping its rows, or is stored as JSON v1.
    ///
    /// - Parameter scratch: Where rows are kept that have to be read.
    /// - Throws: `FormatError` if a stored file is damaged; `StorageError`.
    package func artifact(keepingRowsIn scratch: ScratchSpace) throws -> Artifact? {
        switch content {
        case .made(_, let artifact): artifact
        case .stored(let file): format == .rsart ? try ArtifactDecoder.decode(file, keepingRowsIn: scratch) : nil
        }
    }

    /// Hands the bytes to `body`, piece by piece.
    ///
    /// - Throws: `StorageError` if they are in a file that cannot be read; whatever `body` throws.
    package func forEachPiece(_ body: (RawSpan) throws -> Void) throws {
        switch content {
        case .made(let bytes, _):
            for range in bytes.pieceRanges {
                let piece = try bytes.elements(in: range)
                try body(piece.rawSpan)
            }
        case .stored(let file): try file.forEachPiece(body)
        }
    }

    /// True if a file has just these bytes.
    ///
    /// - Throws: `StorageError` if they are in a file that cannot be read.
    func isEqual(to file: DataFile) throws -> Bool {
        guard file.byteCount == byteCount else { return false }
        var (offset, isEqual) = (0, true)
        try forEachPiece { piece in
            let range = offset..<offset + piece.byteCount
            offset = range.upperBound
            isEqual = try isEqual && file.withBytes(range) { $0.elementsEqual(piece) }
        }
        return isEqual
    }
}
