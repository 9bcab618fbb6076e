#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Strings of bytes in their own order: byte by byte, unsigned, a prefix before what it begins.
package enum ByteStrings {
    /// Less than, equal to or greater than zero as `left` stands before, with or after `right`.
    package static func compare(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Int {
        let shared = min(left.count, right.count)
        let order = unsafe left.withUnsafeBufferPointer { left in
            unsafe right.withUnsafeBufferPointer { right in
                shared == 0 ? 0 : unsafe memcmp(left.baseAddress!, right.baseAddress!, shared)
            }
        }
        return order != 0 ? Int(order) : left.count - right.count
    }

    /// The first eight bytes as a number that sorts as they do, missing ones as zero.
    package static func prefix(_ bytes: Span<UInt8>) -> UInt64 {
        if bytes.count >= 8 {
            let raw = unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(as: UInt64.self) }
            return UInt64(bigEndian: raw)
        }
        var value: UInt64 = 0
        for index in bytes.indices { value |= UInt64(bytes[index]) << UInt64(56 - index * 8) }
        return value
    }
}

extension [UInt8] {
    /// Appends all bytes of a span.
    package mutating func append(contentsOf bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}
