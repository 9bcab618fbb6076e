import CSimdjson
import Platform

/// Turns chunks of JSON Lines into the texts of a catalog's items. For one thread at a time.
@safe final class CatalogDecoder {
    private let decoder: OpaquePointer

    /// - Parameter maximumLineByteCount: Longer lines are bad, unread.
    init(maximumLineByteCount: Int) {
        precondition(LineChunk.paddingByteCount >= Int(RECSYS_CHUNK_PADDING), "chunks have less padding than is read")
        let decoder = unsafe recsys_catalog_decoder_create(maximumLineByteCount)
        guard let decoder = unsafe decoder else { preconditionFailure("cannot allocate a JSON decoder: out of memory") }
        unsafe self.decoder = decoder
    }

    deinit {
        unsafe recsys_catalog_decoder_destroy(decoder)
    }

    /// Hands what the chunk's lines hold to `body`.
    func decode<Result>(
        _ chunk: borrowing LineChunk, _ body: (borrowing DecodedCatalog) throws -> Result,
    ) rethrows -> Result {
        try unsafe chunk.bytes.withUnsafeBytes { bytes in
            var batch = unsafe recsys_catalog_batch()
            let text = unsafe bytes.assumingMemoryBound(to: CChar.self).baseAddress
            guard unsafe recsys_decode_catalog(decoder, text, chunk.byteCount, &batch) == 0 else {
                preconditionFailure("cannot allocate memory for the items of a chunk: out of memory")
            }
            return try body(unsafe DecodedCatalog(batch, chunk: bytes))
        }
    }
}

/// What the lines of a chunk hold up to the first bad one.
struct DecodedCatalog: ~Escapable {
    let items: Span<recsys_catalog_item>
    /// Lines that were read, blank ones included, the bad one not.
    let lineCount: Int
    /// The line that is no item, nil if all are.
    let badLine: BadLine?
    private let text: Span<UInt8>

    /// Why a line is no item.
    struct BadLine {
        let problem: recsys_problem
        let key: recsys_catalog_key
        /// The JSON parser's words.
        let jsonReason: String
        let hasByteOrderMark: Bool
    }

    @_lifetime(borrow chunk)
    fileprivate init(_ batch: recsys_catalog_batch, chunk: UnsafeRawBufferPointer) {
        let items = unsafe UnsafeBufferPointer(start: batch.items, count: batch.item_count)
        let last = unsafe items.last?.name_space
        let textByteCount = last.map { Int($0.offset) + Int($0.length) } ?? 0
        let text = unsafe UnsafeRawBufferPointer(start: batch.text, count: textByteCount)
        // They belong to the decoder, which does not touch them before `decode` has returned.
        self.items = unsafe _overrideLifetime(Span(_unsafeElements: items), borrowing: chunk)
        self.text = unsafe _overrideLifetime(Span(_unsafeBytes: text), borrowing: chunk)
        self.lineCount = unsafe batch.line_count
        self.badLine = unsafe batch.bad_line.map { line in
            let line = unsafe UnsafeRawBufferPointer(start: line, count: batch.bad_line_length)
            return unsafe BadLine(
                problem: batch.problem, key: batch.key,
                jsonReason: String(cString: recsys_error_message(batch.json_error)),
                hasByteOrderMark: line.starts(with: [0xEF, 0xBB, 0xBF]))
        }
    }

    /// The bytes of one of an item's texts.
    @_lifetime(copy self)
    func bytes(_ slice: recsys_text) -> Span<UInt8> {
        text.extracting(Int(slice.offset)..<(Int(slice.offset) + Int(slice.length)))
    }
}
