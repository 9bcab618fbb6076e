package import Platform

/// How the bytes of a block are compressed. The numbers never change.
package enum CodecIdentifier: UInt8, Sendable, CaseIterable {
    /// Not at all.
    case none = 0
    /// One zstd frame.
    case zstd = 1
}

/// A block ready to be stored: at most `maximumRowCount` values in the encoding and codec that need the fewest bytes.
package struct EncodedBlock: Sendable {
    package let encoding: EncodingIdentifier
    package let codec: CodecIdentifier
    /// Number of values; of bytes where the encoding is `text`.
    package let rowCount: Int
    /// Bytes before compression.
    package let rawByteCount: Int
    /// The bytes that are stored.
    package let stored: [UInt8]

    /// The most values a block holds.
    package static let maximumRowCount = 65_536

    /// Encodes `values`, 1 to `maximumRowCount` of them, in every way that may be the smallest, and keeps the smallest.
    ///
    /// Of equally small ones it keeps the one whose encoding has the lowest number, so the choice is always the same.
    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    package static func encode<Value: ColumnValue>(_ values: Span<Value>, using zstandard: Zstandard) -> EncodedBlock {
        precondition((1...maximumRowCount).contains(values.count))
        let statistics = BlockStatistics(values)
        var best: EncodedBlock?
        for (encoding, byteCount) in candidates(statistics) {
            // What is this small already no frame can beat.
            if let best, best.stored.count <= Zstandard.leastByteCount, byteCount >= best.stored.count { continue }
            var writer = ByteWriter(reserving: byteCount)
            encoding.encode(values, statistics, into: &writer)
            let block = compress(writer.bytes, encoding.identifier, rowCount: values.count, using: zstandard)
            if best.map({ block.stored.count < $0.stored.count }) ?? true { best = block }
        }
        guard let best else { preconditionFailure("some encoding is worth a trial with any values") }
        return best
    }

    /// Encodes a column of any length in blocks of `blockRowCount` values, at most `maximumRowCount`.
    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    package static func encode<Value: ColumnValue>(
        column: [Value], blockRowCount: Int = maximumRowCount, using zstandard: Zstandard,
    ) -> [EncodedBlock] {
        stride(from: 0, to: column.count, by: blockRowCount).map { start in
            let end = min(column.count, start + blockRowCount)
            return encode(column.span.extracting(start..<end), using: zstandard)
        }
    }

    /// Keeps `text` as it is, compressed where that pays.
    package static func text(_ text: [UInt8], using zstandard: Zstandard) -> EncodedBlock {
        compress(text, .text, rowCount: text.count, using: zstandard)
    }

    /// The encodings worth a trial, by number. One that is twice as large as another before compression has never been
    /// the smallest after it in our data.
    private static func candidates(
        _ statistics: BlockStatistics,
    ) -> [(encoding: any BlockEncoding.Type, byteCount: Int)] {
        var sized = statistics.encodingsToTry
        let least = sized.reduce(Int.max) { min($0, $1.byteCount) }
        sized.removeAll { $0.byteCount > least * 2 }
        return sized
    }

    private static func compress(
        _ raw: [UInt8], _ encoding: EncodingIdentifier, rowCount: Int, using zstandard: Zstandard,
    ) -> EncodedBlock {
        let compressed = raw.count > Zstandard.leastByteCount ? zstandard.compress(raw) : raw
        let pays = compressed.count < raw.count
        return EncodedBlock(
            encoding: encoding, codec: pays ? .zstd : .none, rowCount: rowCount, rawByteCount: raw.count,
            stored: pays ? compressed : raw)
    }
}
