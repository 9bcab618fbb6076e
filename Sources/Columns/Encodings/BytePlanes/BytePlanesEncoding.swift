import Platform

/// The values in as many bytes as the largest needs, split in byte planes.
///
///     width  u8                1 to 8
///     planes width * count     plane 0 first
enum BytePlanesEncoding: BlockEncoding {
    static let identifier = EncodingIdentifier.bytePlanes

    static func byteCount(of statistics: BlockStatistics) -> Int? {
        let width = BytePlanes.width(of: statistics.maximum)
        // In a single byte there is nothing to split.
        return width > 1 ? 1 + width * statistics.count : nil
    }

    static func mayBeSmallest(_ statistics: BlockStatistics) -> Bool { !statistics.countsUp }

    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    static func encode<Value: ColumnValue>(
        _ values: Span<Value>, _ statistics: BlockStatistics, into writer: inout ByteWriter,
    ) {
        let width = BytePlanes.width(of: statistics.maximum)
        writer.append(UInt8(width))
        BytePlanes.write(values, width: width, into: &writer)
    }

    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    static func decode<Value: ColumnValue>(_ bytes: RawSpan, count: Int, as type: Value.Type) -> [Value]? {
        var reader = ByteReader(bytes)
        guard let width = reader.read(UInt8.self), let planes = reader.read(count: reader.remainingCount) else {
            return nil
        }
        return BytePlanes.read(planes, width: Int(width), count: count, as: type)
    }
}
