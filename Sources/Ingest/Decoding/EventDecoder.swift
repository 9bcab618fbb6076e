import CSimdjson
import Platform

/// Turns chunks of JSON Lines into slices of the fields of events. For one thread at a time.
@safe final class EventDecoder {
    private let decoder: OpaquePointer

    /// - Parameters:
    ///   - maximumRank: The largest rank that is accepted.
    ///   - maximumLineByteCount: Longer lines are rejected unread.
    ///   - isStrict: True if a field that the contract does not know makes a record bad.
    init(maximumRank: Int, maximumLineByteCount: Int, isStrict: Bool) {
        precondition(LineChunk.paddingByteCount >= Int(RECSYS_CHUNK_PADDING), "chunks have less padding than is read")
        let decoder = unsafe recsys_decoder_create(UInt32(maximumRank), maximumLineByteCount, isStrict ? 1 : 0)
        guard let decoder = unsafe decoder else { preconditionFailure("cannot allocate a JSON decoder: out of memory") }
        unsafe self.decoder = decoder
    }

    deinit {
        unsafe recsys_decoder_destroy(decoder)
    }

    /// Hands what the chunk's lines hold to `body`.
    func decode<Result>(
        _ chunk: borrowing LineChunk, _ body: (borrowing DecodedBatch) throws -> Result,
    ) rethrows -> Result {
        try unsafe chunk.bytes.withUnsafeBytes { bytes in
            var batch = unsafe recsys_batch()
            let text = unsafe bytes.assumingMemoryBound(to: CChar.self).baseAddress
            guard unsafe recsys_decode(decoder, text, chunk.byteCount, &batch) == 0 else {
                preconditionFailure("cannot allocate memory for the events of a chunk: out of memory")
            }
            return try body(unsafe DecodedBatch(batch, chunk: bytes))
        }
    }
}

/// What a chunk's lines hold: events as slices, and lines that are none.
struct DecodedBatch: ~Escapable {
    let events: Span<recsys_event>
    let rejects: Span<recsys_reject>
    /// Lines in the chunk, blank ones included.
    let lineCount: Int
    /// Fields that the contract does not know, in lines that are events.
    let unknownFieldCount: Int
    private let chunk: Span<UInt8>
    private let unescapedText: Span<UInt8>

    @_lifetime(borrow chunk)
    fileprivate init(_ batch: recsys_batch, chunk: UnsafeRawBufferPointer) {
        let events = unsafe UnsafeBufferPointer(start: batch.events, count: batch.event_count)
        let rejects = unsafe UnsafeBufferPointer(start: batch.rejects, count: batch.reject_count)
        let text = unsafe UnsafeRawBufferPointer(start: batch.text, count: batch.text_length)
        // The arrays belong to the decoder, which does not touch them before `decode` has returned.
        self.events = unsafe _overrideLifetime(Span(_unsafeElements: events), borrowing: chunk)
        self.rejects = unsafe _overrideLifetime(Span(_unsafeElements: rejects), borrowing: chunk)
        self.unescapedText = unsafe _overrideLifetime(Span(_unsafeBytes: text), borrowing: chunk)
        self.chunk = unsafe _overrideLifetime(Span(_unsafeBytes: chunk), borrowing: chunk)
        self.lineCount = unsafe batch.line_count
        self.unknownFieldCount = unsafe batch.unknown_field_count
    }

    /// The bytes of a slice: of the chunk, or of the texts whose escapes were decoded.
    @_lifetime(copy self)
    func bytes(_ slice: recsys_slice) -> Span<UInt8> {
        let range = Int(slice.offset)..<(Int(slice.offset) + Int(slice.length))
        return slice.unescaped == 0 ? chunk.extracting(range) : unescapedText.extracting(range)
    }
}
