import Platform

/// The values one after the other, each in as many bytes as the largest needs.
///
///     width  u8                1 to 8
///     values width * count     each little-endian
enum NarrowEncoding: BlockEncoding {
    static let identifier = EncodingIdentifier.narrow

    static func byteCount(of statistics: BlockStatistics) -> Int? {
        1 + BytePlanes.width(of: statistics.maximum) * statistics.count
    }

    static func encode<Value: ColumnValue>(
        _ values: Span<Value>, _ statistics: BlockStatistics, into writer: inout ByteWriter,
    ) {
        let width = BytePlanes.width(of: statistics.maximum)
        writer.append(UInt8(width))
        for index in values.indices { writer.append(values[index], byteCount: width) }
    }

    static func decode<Value: ColumnValue>(_ bytes: RawSpan, count: Int, as _: Value.Type) -> [Value]? {
        var reader = ByteReader(bytes)
        guard let width = reader.read(UInt8.self).map({ Int($0) }), (1...8).contains(width),
            let payload = reader.read(count: width * count), reader.remainingCount == 0
        else { return nil }
        let octets = payload.octets
        var values = [Value](repeating: 0, count: count)
        for index in 0..<count {
            guard let value = Value(exactly: littleEndian(octets, at: index * width, width: width)) else { return nil }
            values[index] = value
        }
        return values
    }

    private static func littleEndian(_ octets: Span<UInt8>, at offset: Int, width: Int) -> UInt64 {
        var value: UInt64 = 0
        for index in 0..<width { value |= UInt64(octets[offset &+ index]) &<< UInt64(index &* 8) }
        return value
    }
}
