import Platform

/// Distances from the least value, divided by what divides them all, split in byte planes.
///
/// The divisor turns times in whole seconds, stored in nanoseconds, back into seconds.
///
///     base   u64
///     scale  u64               at least 1
///     width  u8                1 to 8
///     planes width * count     of (value - base) / scale
enum FrameOfReferenceEncoding: BlockEncoding {
    static let identifier = EncodingIdentifier.frameOfReference

    static func byteCount(of statistics: BlockStatistics) -> Int? {
        17 + width(statistics) * statistics.count
    }

    static func mayBeSmallest(_ statistics: BlockStatistics) -> Bool {
        // With as many bytes a value as without a frame of reference, byte planes say the same in less.
        !statistics.countsUp && width(statistics) < BytePlanes.width(of: statistics.maximum)
    }

    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    static func encode<Value: ColumnValue>(
        _ values: Span<Value>, _ statistics: BlockStatistics, into writer: inout ByteWriter,
    ) {
        let base = Value(truncatingIfNeeded: statistics.minimum)
        let scale = Value(truncatingIfNeeded: max(1, statistics.scale))
        let distances = distances(values, base: base, scale: scale)
        writer.append(UInt64(base))
        writer.append(UInt64(scale))
        writer.append(UInt8(width(statistics)))
        BytePlanes.write(distances.span, width: width(statistics), into: &writer)
    }

    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    static func decode<Value: ColumnValue>(_ bytes: RawSpan, count: Int, as type: Value.Type) -> [Value]? {
        var reader = ByteReader(bytes)
        guard let base = reader.read(UInt64.self).flatMap({ Value(exactly: $0) }),
            let scale = reader.read(UInt64.self).flatMap({ Value(exactly: $0) }), scale >= 1,
            let width = reader.read(UInt8.self), let planes = reader.read(count: reader.remainingCount),
            var values = BytePlanes.read(planes, width: Int(width), count: count, as: type),
            fits(values.max() ?? 0, base: base, scale: scale)
        else { return nil }
        rebase(values.mutableSpan, base: base, scale: scale)
        return values
    }

    private static func width(_ statistics: BlockStatistics) -> Int {
        BytePlanes.width(of: (statistics.maximum - statistics.minimum) / max(1, statistics.scale))
    }

    /// True if the largest value stays in range, and with it every other one.
    private static func fits<Value: ColumnValue>(_ distance: Value, base: Value, scale: Value) -> Bool {
        let (product, overflow) = distance.multipliedReportingOverflow(by: scale)
        return !overflow && !product.addingReportingOverflow(base).overflow
    }
}

private func distances<Value: ColumnValue>(_ values: Span<Value>, base: Value, scale: Value) -> [Value] {
    var distances = [Value](repeating: 0, count: values.count)
    var target = distances.mutableSpan
    var (previous, distance) = (base, Value(0))
    for index in values.indices {
        // Divisions are slow, and in sorted columns equal values stand together.
        if values[index] != previous {
            previous = values[index]
            distance = (previous &- base) / scale
        }
        target[index] = distance
    }
    return distances
}

private func rebase<Value: ColumnValue>(_ values: consuming MutableSpan<Value>, base: Value, scale: Value) {
    for index in values.indices { values[index] = values[index] &* scale &+ base }
}
