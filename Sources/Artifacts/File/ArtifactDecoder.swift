package import Builders
package import Columns
package import Platform

/// Reads artifact files, and gives out nothing that it has not checked.
package enum ArtifactDecoder {
    /// The artifact that a file holds. Every block is read and verified.
    ///
    /// - Parameter scratch: Where its rows are kept.
    /// - Throws: `FormatError` if the file is of another format, newer, or damaged; `StorageError` if memory is short
    ///   and a file cannot be written.
    package static func decode(_ file: DataFile, keepingRowsIn scratch: ScratchSpace = .memory) throws -> Artifact {
        var scan = try ArtifactScan(file)
        var lengths = ScratchArrayBuilder<UInt32>(in: scratch)
        var members = ScratchArrayBuilder<UInt32>(in: scratch)
        var counts = ScratchArrayBuilder<UInt32>(in: scratch)
        var scores = ScratchArrayBuilder<UInt64>(in: scratch)
        try lengths.append(scan.rowLengths.span)
        while let piece = try scan.readPiece() {
            try members.append(piece.members.span)
            try counts.append(piece.counts.span)
            try scores.append(piece.scoreBits.span)
        }
        let values: RankedRows.Values =
            switch scan.metadata.valueKind {
            case .none: .none
            case .counts: .counts(try counts.finish())
            case .scores: .scores(try scores.finish())
            }
        let rows = RankedRows(
            rowKeys: scan.rowKeys, memberKeys: scan.memberKeys, rowLengths: try lengths.finish(),
            members: try members.finish(), values: values)
        return Artifact(scan.metadata.key, rows: rows, parameters: scan.metadata.parameters)
    }

    /// Whose artifact a file holds, according to its footer; no block is read.
    ///
    /// - Throws: `FormatError` if the file is of another format, newer, or its footer is damaged.
    package static func key(of file: DataFile) throws(FormatError) -> ArtifactKey {
        try ArtifactScan.open(file).metadata.key
    }

    /// How an artifact was made and how large it is, according to the footer of its file; no block is read.
    ///
    /// - Throws: `FormatError` as `key`.
    package static func summary(
        of file: DataFile,
    ) throws(FormatError) -> (parameters: [ArtifactParameter], rowCount: Int, entryCount: Int) {
        let metadata = try ArtifactScan.open(file).metadata
        return (metadata.parameters, metadata.rowCount, metadata.entryCount)
    }

    /// Reads and verifies every block, and keeps none; returns whose artifact it is. What it takes of memory does not
    /// grow with the rows and entries that the file claims to have.
    ///
    /// - Throws: `FormatError` if the file is of another format, newer, or damaged.
    package static func verify(_ file: DataFile) throws(FormatError) -> ArtifactKey {
        try ArtifactScan.verify(file).key
    }
}
