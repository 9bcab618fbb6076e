import Platform

/// One value that every row has.
///
///     value  u64
enum ConstantEncoding: BlockEncoding {
    static let identifier = EncodingIdentifier.constant

    static func byteCount(of statistics: BlockStatistics) -> Int? {
        statistics.runCount == 1 ? 8 : nil
    }

    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    static func encode<Value: ColumnValue>(
        _ values: Span<Value>, _ statistics: BlockStatistics, into writer: inout ByteWriter,
    ) {
        writer.append(statistics.minimum)
    }

    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    static func decode<Value: ColumnValue>(_ bytes: RawSpan, count: Int, as _: Value.Type) -> [Value]? {
        var reader = ByteReader(bytes)
        guard let wide = reader.read(UInt64.self), reader.remainingCount == 0, let value = Value(exactly: wide) else {
            return nil
        }
        return [Value](repeating: value, count: count)
    }
}
