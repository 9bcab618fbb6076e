import Platform

/// What a row of a catalog says, as it stands there: nothing is trimmed yet.
struct CatalogRow: ~Escapable {
    /// The number, from 1, of the line on which it begins.
    let line: Int
    let item: Span<UInt8>
    /// All tags, with any of `,`, `;` and `|` between them.
    let tags: Span<UInt8>
    /// The surface that the item is for; empty for all.
    let namespace: Span<UInt8>

    @_lifetime(copy item, copy tags, copy namespace)
    init(line: Int, item: Span<UInt8>, tags: Span<UInt8>, namespace: Span<UInt8>) {
        self.line = line
        self.item = item
        self.tags = tags
        self.namespace = namespace
    }
}

/// A row that is no item, before anybody knows of which file.
struct CatalogProblem: Error {
    /// Lines are counted from 1.
    let line: Int
    let reason: String
    /// What to do, where it is not only to correct the line.
    var remedy: String?
}

/// Reads the rows of one form of catalog from chunks of lines.
protocol CatalogParser {
    /// Hands each row that ends in the next chunk to `body`.
    ///
    /// - Throws: `CatalogProblem` at the first row that is malformed; whatever `body` throws.
    mutating func read(_ chunk: borrowing LineChunk, _ body: (borrowing CatalogRow) throws -> Void) throws

    /// - Throws: `CatalogProblem` if the catalog cannot end here.
    mutating func finish() throws
}
