import Platform

/// Numbers written byte by byte: the low bytes of all of them, then the next bytes of all, up to a width.
///
/// zstd sees the regular high bytes and the irregular low ones apart, which is worth more than packing bits.
enum BytePlanes {
    /// Bytes that the largest of some numbers needs, 1 to 8.
    static func width(of maximum: UInt64) -> Int {
        max(1, (UInt64.bitWidth - maximum.leadingZeroBitCount + 7) / 8)
    }

    /// Appends the planes of `values`, each of which fits in `width` bytes.
    static func write<Value: ColumnValue>(_ values: Span<Value>, width: Int, into writer: inout ByteWriter) {
        for index in 0..<width {
            writer.append(byteCount: values.count) { split(values, shift: index * 8, into: $0) }
        }
    }

    /// The `count` numbers whose planes the bytes are, or nil if they have another length or do not fit in `Value`.
    static func read<Value: ColumnValue>(_ bytes: RawSpan, width: Int, count: Int, as _: Value.Type) -> [Value]? {
        let valueWidth = Value.bitWidth / 8
        guard (1...8).contains(width), bytes.byteCount == width * count else { return nil }
        let planes = bytes.octets
        var values = [Value](repeating: 0, count: count)
        for index in 0..<min(width, valueWidth) {
            join(planes.extracting((index * count)..<((index + 1) * count)), shift: index * 8, into: values.mutableSpan)
        }
        for index in min(width, valueWidth)..<width {
            let plane = planes.extracting((index * count)..<((index + 1) * count))
            guard isZero(plane) else { return nil }
        }
        return values
    }
}

private func split<Value: ColumnValue>(_ values: Span<Value>, shift: Int, into plane: consuming MutableSpan<UInt8>) {
    for index in values.indices {
        plane[index] = UInt8(truncatingIfNeeded: values[index] &>> Value(truncatingIfNeeded: shift))
    }
}

private func join<Value: ColumnValue>(_ plane: Span<UInt8>, shift: Int, into values: consuming MutableSpan<Value>) {
    for index in plane.indices {
        values[index] |= Value(truncatingIfNeeded: plane[index]) &<< Value(truncatingIfNeeded: shift)
    }
}

private func isZero(_ plane: Span<UInt8>) -> Bool {
    var union: UInt8 = 0
    for index in plane.indices { union |= plane[index] }
    return union == 0
}
