import CSimdjson
import Events
import Platform

@testable import Ingest

/// What the decoder says of each line of a chunk, free of the chunk that the line stood in, so that it can be compared.
struct LineOutcomes: Equatable {
    enum Outcome: Equatable {
        case blank
        /// The strings in the order of the fields, and 0 for no rank, else the rank plus 1.
        case event(texts: [[UInt8]], rank: UInt32)
        case reject(problem: UInt32, field: UInt32, jsonError: Int32, name: [UInt8])
    }

    var outcomes: [Outcome]
    var unknownFieldCount: Int

    /// A decoder to read more than one chunk with.
    static func decoder(maximumLineByteCount: Int = 1 << 20, isStrict: Bool = false) -> EventDecoder {
        EventDecoder(
            maximumRank: EventField.maximumRank, maximumLineByteCount: maximumLineByteCount, isStrict: isStrict)
    }

    /// The room of a chunk is large, so one serves all.
    private static let emptyChunk = LineChunk()

    /// - Parameter padding: What stands behind the lines, at its beginning. It may be anything, and must not matter.
    init(_ bytes: [UInt8], by decoder: EventDecoder, padding: [UInt8] = []) {
        var chunk = LineOutcomes.emptyChunk
        let filler = [UInt8](repeating: 0x31, count: LineChunk.paddingByteCount)
        chunk.bytes = bytes + (padding + filler).prefix(LineChunk.paddingByteCount)
        chunk.byteCount = bytes.count
        self = decoder.decode(chunk) { LineOutcomes($0) }
    }

    /// The lines alone, each by a decoder that has seen no other line.
    init(eachOf lines: [[UInt8]], makeDecoder: () -> EventDecoder = { decoder() }) {
        outcomes = []
        unknownFieldCount = 0
        for line in lines {
            let alone = LineOutcomes(line + [0x0A], by: makeDecoder())
            outcomes += alone.outcomes
            unknownFieldCount += alone.unknownFieldCount
        }
    }

    private init(_ batch: borrowing DecodedBatch) {
        outcomes = Array(repeating: .blank, count: batch.lineCount)
        unknownFieldCount = batch.unknownFieldCount
        for index in batch.events.indices {
            let event = batch.events[index]
            var texts: [[UInt8]] = []
            for slice in [
                event.source, event.timestamp, event.tenant, event.surface, event.user, event.session, event.request,
                event.item,
            ] { texts.append(LineOutcomes.copy(batch.bytes(slice))) }
            outcomes[Int(event.line)] = .event(texts: texts, rank: event.rank)
        }
        for index in batch.rejects.indices {
            let reject = batch.rejects[index]
            outcomes[Int(reject.line)] = .reject(
                problem: reject.problem.rawValue, field: reject.field.rawValue, jsonError: reject.json_error,
                name: LineOutcomes.copy(batch.bytes(reject.name)))
        }
    }

    private static func copy(_ bytes: Span<UInt8>) -> [UInt8] {
        var copy: [UInt8] = []
        copy.append(contentsOf: bytes)
        return copy
    }
}
