import Platform

/// Each run of equal values once, with its length.
///
///     runs     u32                   1 to count
///     vwidth   u8                    1 to 8
///     lwidth   u8                    1 to 4
///     values   vwidth * runs         in byte planes
///     lengths  lwidth * runs         length - 1, in byte planes
enum RunLengthEncoding: BlockEncoding {
    static let identifier = EncodingIdentifier.runLength

    static func byteCount(of statistics: BlockStatistics) -> Int? {
        // Runs of less than two values on average never pay for their lengths.
        guard statistics.runCount * 2 <= statistics.count else { return nil }
        let widths = widths(statistics)
        return 6 + (widths.value + widths.length) * statistics.runCount
    }

    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    static func encode<Value: ColumnValue>(
        _ values: Span<Value>, _ statistics: BlockStatistics, into writer: inout ByteWriter,
    ) {
        let (runs, lengths) = runs(of: values, count: statistics.runCount)
        let widths = widths(statistics)
        writer.append(UInt32(runs.count))
        writer.append(UInt8(widths.value))
        writer.append(UInt8(widths.length))
        BytePlanes.write(runs.span, width: widths.value, into: &writer)
        BytePlanes.write(lengths.span, width: widths.length, into: &writer)
    }

    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    static func decode<Value: ColumnValue>(_ bytes: RawSpan, count: Int, as type: Value.Type) -> [Value]? {
        var reader = ByteReader(bytes)
        guard let runCount = reader.read(UInt32.self).map({ Int($0) }), (1...count).contains(runCount),
            let valueWidth = reader.read(UInt8.self).map({ Int($0) }), (1...8).contains(valueWidth),
            let lengthWidth = reader.read(UInt8.self).map({ Int($0) }), (1...4).contains(lengthWidth),
            let valueBytes = reader.read(count: valueWidth * runCount),
            let lengthBytes = reader.read(count: lengthWidth * runCount), reader.remainingCount == 0,
            let runs = BytePlanes.read(valueBytes, width: valueWidth, count: runCount, as: type),
            let lengths = BytePlanes.read(lengthBytes, width: lengthWidth, count: runCount, as: UInt32.self)
        else { return nil }
        return expand(runs, lengths, count: count)
    }

    private static func expand<Value: ColumnValue>(_ runs: [Value], _ lengths: [UInt32], count: Int) -> [Value]? {
        guard lengths.reduce(0, { $0 + Int($1) + 1 }) == count else { return nil }
        var values: [Value] = []
        values.reserveCapacity(count)
        for index in runs.indices {
            values.append(contentsOf: repeatElement(runs[index], count: Int(lengths[index]) + 1))
        }
        return values
    }

    private static func widths(_ statistics: BlockStatistics) -> (value: Int, length: Int) {
        (BytePlanes.width(of: statistics.maximum), BytePlanes.width(of: UInt64(statistics.longestRun - 1)))
    }
}

/// The value of each of the `count` runs of equal values, and its length less 1.
private func runs<Value: ColumnValue>(of values: Span<Value>, count: Int) -> (values: [Value], lengths: [UInt32]) {
    var runs = [Value](repeating: values[0], count: count)
    var lengths = [UInt32](repeating: 0, count: count)
    var runValues = runs.mutableSpan
    var runLengths = lengths.mutableSpan
    var (run, start, previous) = (0, 0, values[0])
    for index in 1..<values.count where values[index] != previous {
        runLengths[run] = UInt32(truncatingIfNeeded: index &- start &- 1)
        run &+= 1
        previous = values[index]
        runValues[run] = previous
        start = index
    }
    runLengths[run] = UInt32(truncatingIfNeeded: values.count &- start &- 1)
    return (runs, lengths)
}
