import CSimdjson
import Events

/// The texts of an event, trimmed, and its time: everything that the contract says of an event holds.
struct EventTexts: ~Escapable {
    let timestamp: Timestamp
    let tenant: Span<UInt8>
    let surface: Span<UInt8>
    /// Empty for none.
    let user: Span<UInt8>
    let session: Span<UInt8>
    /// Empty for none.
    let request: Span<UInt8>
    let item: Span<UInt8>
    /// 0 for no rank, else the rank plus 1.
    let rank: UInt32

    /// - Throws: What is wrong with the first field that breaks the contract.
    @_lifetime(copy batch)
    init(_ event: recsys_event, in batch: borrowing DecodedBatch) throws(RecordProblem) {
        do {
            timestamp = try Timestamp(rfc3339: trimmed(event.timestamp, in: batch))
        } catch {
            throw RecordProblem(.timestamp, error.description)
        }
        tenant = trimmed(event.tenant, in: batch)
        surface = trimmed(event.surface, in: batch)
        user = trimmed(event.user, in: batch)
        session = trimmed(event.session, in: batch)
        request = trimmed(event.request, in: batch)
        item = trimmed(event.item, in: batch)
        rank = event.rank
        if session.isEmpty { throw RecordProblem(.session, "empty") }
        if item.isEmpty { throw RecordProblem(.item, "empty") }
    }
}

@_lifetime(copy batch)
private func trimmed(_ slice: recsys_slice, in batch: borrowing DecodedBatch) -> Span<UInt8> {
    let bytes = batch.bytes(slice)
    let count = bytes.count
    // Nearly every text has nothing to trim, and two bytes tell.
    if count == 0 || isPrintingASCII(bytes[0]) && isPrintingASCII(bytes[count - 1]) { return bytes }
    return bytes.extracting(WhiteSpace.trim(bytes, bytes.indices))
}

private func isPrintingASCII(_ byte: UInt8) -> Bool {
    byte &- 0x21 < 0x5E
}
