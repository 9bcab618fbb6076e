import Platform
package import SystemPackage

/// Reads a catalog once from beginning to end: CSV or JSON Lines by its name, plain, gzip or zstd by its content.
package struct CatalogReader {
    let path: FilePath
    private let maximumRecordByteCount: Int
    /// How much is read at a time.
    private let chunkByteCount: Int

    /// - Parameters:
    ///   - maximumRecordByteCount: A row that is longer is malformed.
    ///   - chunkByteCount: How much is read at a time, unless a row is longer.
    package init(_ path: FilePath, maximumRecordByteCount: Int, chunkByteCount: Int = 1 << 20) {
        self.path = path
        self.maximumRecordByteCount = maximumRecordByteCount
        self.chunkByteCount = chunkByteCount
    }

    /// Hands each row to `body`, and returns the SHA-256 of the file as it was read.
    ///
    /// - Throws: `CatalogError` at the first row that is malformed, or that `body` says is no item by throwing a
    ///   `CatalogProblem`; `InputError` if the file is damaged or changes; `StorageError`; `Interruption`.
    func read(_ body: (borrowing CatalogRow) throws -> Void) throws -> SHA256Digest {
        var parser = try makeParser()
        var hasher = SHA256Hasher()
        do {
            let file = try InputFile(path: path) { hasher.update($0) }
            // A byte order mark before the first row is no part of it, and does not make up for bytes that are cut off.
            let reader = LineChunkReader(
                file, maximumLineByteCount: maximumRecordByteCount + CSVReader.byteOrderMarkByteCount)
            var chunk = LineChunk(capacity: chunkByteCount)
            var rowCount = 0
            while try reader.next(into: &chunk) {
                try Cancellation.check()
                try parser.read(chunk) { row in
                    rowCount += 1
                    try body(row)
                }
            }
            try parser.finish()
            guard rowCount > 0 else { throw noItems }
        } catch let problem as CatalogProblem {
            throw CatalogError(
                "\(path):\(problem.line)", problem.reason,
                remedy: problem.remedy ?? "correct the line and run the same command again")
        } catch InputError.foreign(_, let format) {
            throw CatalogError(
                path.string, "is \(format.name), which cannot be read",
                remedy: "make CSV or JSON Lines of it: plain, or compressed with gzip or zstd")
        }
        return hasher.finish()
    }

    private func makeParser() throws(CatalogError) -> any CatalogParser {
        let name = path.lastComponent?.string.lowercased() ?? ""
        let endings = ["", ".gz", ".zst"]
        if endings.contains(where: { name.hasSuffix(".csv" + $0) }) {
            return CSVCatalogParser(maximumRecordByteCount: maximumRecordByteCount)
        }
        if endings.contains(where: { name.hasSuffix(".jsonl" + $0) || name.hasSuffix(".ndjson" + $0) }) {
            return JSONCatalogParser(maximumLineByteCount: maximumRecordByteCount)
        }
        throw CatalogError(
            path.string, "neither .csv nor .jsonl by its name",
            remedy: "give it a name that ends in .csv or .jsonl, with .gz or .zst behind it if it is compressed")
    }

    /// A catalog whose export failed is not to empty what is current.
    private var noItems: CatalogError {
        CatalogError(path.string, "holds no item", remedy: "look at what has written it, and write it again")
    }
}
