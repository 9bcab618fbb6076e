/// Bytes that grow at the end. Numbers are written little-endian.
package struct ByteWriter: Sendable {
    package private(set) var bytes: [UInt8] = []

    package init(reserving byteCount: Int = 0) {
        bytes.reserveCapacity(byteCount)
    }

    /// The number of bytes written so far.
    package var count: Int { bytes.count }

    /// Appends the bytes of `value`, least significant first.
    package mutating func append<Value: FixedWidthInteger>(_ value: Value) {
        append(value, byteCount: Value.bitWidth / 8)
    }

    /// Appends the `byteCount` low bytes of `value`, least significant first.
    package mutating func append<Value: FixedWidthInteger>(_ value: Value, byteCount: Int) {
        for index in 0..<byteCount {
            bytes.append(UInt8(truncatingIfNeeded: value >> (index * 8)))
        }
    }

    /// Appends bytes.
    package mutating func append(contentsOf other: [UInt8]) {
        bytes.append(contentsOf: other)
    }

    /// Appends bytes.
    package mutating func append(contentsOf other: Span<UInt8>) {
        bytes.append(contentsOf: other)
    }

    /// Appends `byteCount` bytes, at first zeros, which `fill` then sets.
    package mutating func append(byteCount: Int, _ fill: (consuming MutableSpan<UInt8>) -> Void) {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: byteCount))
        var all = bytes.mutableSpan
        fill(all._mutatingExtracting(start..<(start + byteCount)))
    }

    /// Appends `text` as UTF-8, after its length in bytes as a `UInt16`. The length must fit.
    package mutating func append(shortText text: String) {
        append(UInt16(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }
}
