import Platform

/// Each run of equal values once, with its length. The values of the runs are in an encoding of their own, so that
/// those that count up, or are times in whole seconds, take no more than they do without runs.
///
///     runs     u32                   1 to count
///     lwidth   u8                    1 to 4
///     inner    u8                    the encoding of the values, any of numbers but this one
///     lengths  lwidth * runs         length - 1, in byte planes
///     values   the rest              of the runs, encoded
enum RunLengthEncoding: BlockEncoding {
    static let identifier = EncodingIdentifier.runLength

    static func byteCount(of statistics: BlockStatistics) -> Int? {
        // Runs of less than two values on average never pay for their lengths.
        guard statistics.runCount * 2 <= statistics.count else { return nil }
        return 6 + lengthWidth(statistics) * statistics.runCount + inner(statistics.ofRuns).byteCount
    }

    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    static func encode<Value: ColumnValue>(
        _ values: Span<Value>, _ statistics: BlockStatistics, into writer: inout ByteWriter,
    ) {
        let (runs, lengths) = runs(of: values, count: statistics.runCount)
        let width = lengthWidth(statistics)
        let inner = inner(statistics.ofRuns).encoding
        writer.append(UInt32(runs.count))
        writer.append(UInt8(width))
        writer.append(inner.identifier.rawValue)
        BytePlanes.write(lengths.span, width: width, into: &writer)
        inner.encode(runs.span, statistics.ofRuns, into: &writer)
    }

    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    static func decode<Value: ColumnValue>(_ bytes: RawSpan, count: Int, as type: Value.Type) -> [Value]? {
        var reader = ByteReader(bytes)
        guard let runCount = reader.read(UInt32.self).map({ Int($0) }), (1...count).contains(runCount),
            let width = reader.read(UInt8.self).map({ Int($0) }), (1...4).contains(width),
            let inner = reader.read(UInt8.self).flatMap({ EncodingIdentifier(rawValue: $0) }), inner != identifier,
            let encoding = inner.encoding, let lengthBytes = reader.read(count: width * runCount),
            let lengths = BytePlanes.read(lengthBytes, width: width, count: runCount, as: UInt32.self),
            let valueBytes = reader.read(count: reader.remainingCount),
            let runs = encoding.decode(valueBytes, count: runCount, as: type)
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

    private static func lengthWidth(_ statistics: BlockStatistics) -> Int {
        BytePlanes.width(of: UInt64(statistics.longestRun - 1))
    }

    /// The encoding of the values of runs: of those worth a trial the one with the fewest bytes, of several the one
    /// with the lowest number.
    private static func inner(
        _ statistics: BlockStatistics,
    ) -> (encoding: any BlockEncoding.Type, byteCount: Int) {
        // Runs of runs are none, so this encoding is not among them.
        guard let best = statistics.encodingsToTry.min(by: { $0.byteCount < $1.byteCount }) else {
            preconditionFailure("some encoding is worth a trial with any values")
        }
        return best
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
