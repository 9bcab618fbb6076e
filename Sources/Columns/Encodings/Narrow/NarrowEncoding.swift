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

    static func mayBeSmallest(_ statistics: BlockStatistics) -> Bool {
        // Of wider values zstd makes less when they are split in byte planes.
        !statistics.countsUp && BytePlanes.width(of: statistics.maximum) == 1
    }

    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    static func encode<Value: ColumnValue>(
        _ values: Span<Value>, _ statistics: BlockStatistics, into writer: inout ByteWriter,
    ) {
        let width = BytePlanes.width(of: statistics.maximum)
        writer.append(UInt8(width))
        // A single plane is the values one after the other.
        if width == 1 { return BytePlanes.write(values, width: 1, into: &writer) }
        writer.append(byteCount: width * values.count) { pack(values, width: width, into: $0) }
    }

    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    static func decode<Value: ColumnValue>(_ bytes: RawSpan, count: Int, as _: Value.Type) -> [Value]? {
        var reader = ByteReader(bytes)
        guard let width = reader.read(UInt8.self).map({ Int($0) }), (1...8).contains(width),
            let payload = reader.read(count: width * count), reader.remainingCount == 0
        else { return nil }
        // A single plane is the values one after the other.
        if width == 1 { return BytePlanes.read(payload, width: 1, count: count, as: Value.self) }
        var values = [Value](repeating: 0, count: count)
        return unpack(payload.octets, width: width, into: values.mutableSpan) ? values : nil
    }
}

private func pack<Value: ColumnValue>(_ values: Span<Value>, width: Int, into bytes: consuming MutableSpan<UInt8>) {
    var offset = 0
    for index in values.indices {
        var rest = values[index]
        for _ in 0..<width {
            bytes[offset] = UInt8(truncatingIfNeeded: rest)
            rest &>>= 8
            offset &+= 1
        }
    }
}

/// Reads little-endian numbers; false if one does not fit.
private func unpack<Value: ColumnValue>(
    _ bytes: Span<UInt8>, width: Int, into values: consuming MutableSpan<Value>,
) -> Bool {
    var offset = 0
    for index in values.indices {
        var wide: UInt64 = 0
        for byte in 0..<width {
            wide |= UInt64(bytes[offset]) &<< UInt64(byte &* 8)
            offset &+= 1
        }
        guard wide <= UInt64(Value.max) else { return false }
        values[index] = Value(truncatingIfNeeded: wide)
    }
    return true
}
