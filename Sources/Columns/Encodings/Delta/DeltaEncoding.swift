import Platform

/// The first value, and for each later one its difference to the one before, above the least difference.
///
///     first  u64
///     least  i64               the least difference
///     width  u8                1 to 8
///     planes width * (count-1) of difference - least
enum DeltaEncoding: BlockEncoding {
    static let identifier = EncodingIdentifier.delta

    static func byteCount(of statistics: BlockStatistics) -> Int? {
        guard let width = width(statistics) else { return nil }
        return 17 + width * (statistics.count - 1)
    }

    static func mayBeSmallest(_ statistics: BlockStatistics) -> Bool {
        // Differences of values in no order are as irregular as the values, unless they are narrower.
        guard let width = width(statistics) else { return false }
        let fewest = min(statistics.ascentCount, statistics.descentCount)
        return fewest * 4 < statistics.count || width < BytePlanes.width(of: statistics.maximum)
    }

    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    static func encode<Value: ColumnValue>(
        _ values: Span<Value>, _ statistics: BlockStatistics, into writer: inout ByteWriter,
    ) {
        guard let least = statistics.differences?.lowerBound, let width = width(statistics) else {
            preconditionFailure("a block is encoded only where byteCount(of:) says that the encoding applies")
        }
        var distances = [UInt64](repeating: 0, count: values.count - 1)
        for index in distances.indices {
            let difference =
                Int64(truncatingIfNeeded: values[index &+ 1]) &- Int64(truncatingIfNeeded: values[index])
            distances[index] = UInt64(truncatingIfNeeded: difference &- least)
        }
        writer.append(statistics.first)
        writer.append(least)
        writer.append(UInt8(width))
        BytePlanes.write(distances.span, width: width, into: &writer)
    }

    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    static func decode<Value: ColumnValue>(_ bytes: RawSpan, count: Int, as _: Value.Type) -> [Value]? {
        var reader = ByteReader(bytes)
        guard let first = reader.read(UInt64.self), let least = reader.read(Int64.self),
            let width = reader.read(UInt8.self), let planes = reader.read(count: reader.remainingCount),
            let distances = BytePlanes.read(planes, width: Int(width), count: count - 1, as: UInt64.self)
        else { return nil }
        return accumulate(distances.span, first: first, least: least)
    }

    /// Bytes that a distance above the least difference needs; nil where differences do not fit in 64 bits signed.
    private static func width(_ statistics: BlockStatistics) -> Int? {
        guard let differences = statistics.differences else { return nil }
        return BytePlanes.width(of: UInt64(truncatingIfNeeded: differences.upperBound &- differences.lowerBound))
    }
}

/// The running sums, or nil if one leaves the range of `Value` or of `Int64`.
private func accumulate<Value: ColumnValue>(_ distances: Span<UInt64>, first: UInt64, least: Int64) -> [Value]? {
    guard let start = Value(exactly: first), let base = Int64(exactly: first) else { return nil }
    var values = [Value](repeating: start, count: distances.count + 1)
    if staysInRange(distances, first: base, least: least, as: Value.self) {
        addUp(distances, least: least, to: values.mutableSpan)
        return values
    }
    var current = base
    for index in distances.indices {
        let difference = Int64(truncatingIfNeeded: distances[index]) &+ least
        let (sum, overflow) = current.addingReportingOverflow(difference)
        guard !overflow, let value = Value(exactly: sum) else { return nil }
        current = sum
        values[index &+ 1] = value
    }
    return values
}

/// True if no sum can leave the range, whatever the order of the distances: as it is in ascending columns.
private func staysInRange<Value: ColumnValue>(
    _ distances: Span<UInt64>, first: Int64, least: Int64, as _: Value.Type,
) -> Bool {
    var union: UInt64 = 0
    for index in distances.indices { union |= distances[index] }
    guard least >= 0, let distance = Int64(exactly: union) else { return false }
    let (step, stepOverflow) = distance.addingReportingOverflow(least)
    let (rise, riseOverflow) = step.multipliedReportingOverflow(by: Int64(distances.count))
    let (end, endOverflow) = rise.addingReportingOverflow(first)
    return !stepOverflow && !riseOverflow && !endOverflow && Value(exactly: end) != nil
}

/// Writes the running sums behind the first value.
private func addUp<Value: ColumnValue>(
    _ distances: Span<UInt64>, least: Int64, to values: consuming MutableSpan<Value>,
) {
    let least = Value(truncatingIfNeeded: least)
    var current = values[0]
    for index in distances.indices {
        current = current &+ Value(truncatingIfNeeded: distances[index]) &+ least
        values[index &+ 1] = current
    }
}
