#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Strings of bytes in their own order: byte by byte, unsigned, a prefix before what it begins.
///
/// Public where other modules call it for every id, for the compiler inlines nothing that is `package`.
public enum ByteStrings {
    /// Less than, equal to or greater than zero as `left` stands before, with or after `right`.
    public static func compare(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Int {
        let shared = min(left.count, right.count)
        let order = unsafe left.withUnsafeBufferPointer { left in
            unsafe right.withUnsafeBufferPointer { right in
                shared == 0 ? 0 : unsafe memcmp(left.baseAddress!, right.baseAddress!, shared)
            }
        }
        return order != 0 ? Int(order) : left.count - right.count
    }

    /// True if both hold the same bytes.
    @inlinable @inline(__always)
    public static func areEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        guard left.count <= shortByteCount else { return compare(left, right) == 0 }
        return unsafe words(left.bytes) == words(right.bytes)
    }

    /// A number of which every bit depends on every byte, for hash tables in memory; no file holds one.
    @inlinable @inline(__always)
    public static func hash(_ bytes: Span<UInt8>) -> UInt64 {
        guard bytes.count <= shortByteCount else { return Checksum.xxh3(bytes) }
        let words = unsafe words(bytes.bytes)
        // The mixing of wyhash: both halves of a product, twice. The constants are its own.
        let once = (words.first ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: words.last ^ 0xE703_7ED1_A0B4_28DB)
        let twice = (once.low ^ 0x8EBC_6AF0_9C88_C6E3 ^ UInt64(truncatingIfNeeded: bytes.count))
            .multipliedFullWidth(by: once.high ^ 0x5899_65CC_7537_4CC3)
        return twice.high ^ twice.low
    }

    /// The most bytes that `words` tells apart.
    @inlinable @inline(__always)
    static var shortByteCount: Int { 16 }

    /// Two numbers that tell apart all strings of the same length, which is at most `shortByteCount`.
    ///
    /// From 4 bytes on four loads, which overlap where they reach further than the bytes, need no branch on the length.
    @inlinable @inline(__always)
    static func words(_ bytes: RawSpan) -> (first: UInt64, last: UInt64) {
        let count = bytes.byteCount
        if count < 4 {
            var word: UInt64 = 0
            for index in 0..<count { word = word << 8 | UInt64(bytes.load(at: index, as: UInt8.self)) }
            return (word, 0)
        }
        let step = (count &>> 3) &<< 2
        return (
            word(bytes, at: 0) &<< 32 | word(bytes, at: step),
            word(bytes, at: count &- 4) &<< 32 | word(bytes, at: count &- 4 &- step)
        )
    }

    @inlinable @inline(__always)
    static func word(_ bytes: RawSpan, at offset: Int) -> UInt64 {
        // The offsets follow from the length, which is from 4 to 16.
        UInt64(unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt32.self))
    }

    /// The bytes at `ranges`, which lie inside `bytes`, without anything between them.
    package static func joined(_ ranges: [Range<Int>], of bytes: Span<UInt8>) -> [UInt8] {
        let source = unsafe bytes.bytes
        let count = ranges.reduce(0) { $0 + $1.count }
        // Eight bytes move at once, up to seven of them too many: the next range, or nobody, stands in their place.
        var joined = [UInt8](repeating: 0, count: count + 7)
        var bytesOfJoined = joined.mutableSpan
        var target = unsafe bytesOfJoined.mutableBytes
        var end = 0
        for range in ranges {
            var (from, to) = (range.lowerBound, end)
            while from < range.upperBound, from <= source.byteCount &- 8 {
                target.storeBytes(
                    of: source.load(at: from, as: UInt64.self).littleEndian, toByteOffset: to, as: UInt64.self)
                from &+= 8
                to &+= 8
            }
            while from < range.upperBound {
                target.storeBytes(of: source.load(at: from, as: UInt8.self), toByteOffset: to, as: UInt8.self)
                from &+= 1
                to &+= 1
            }
            end &+= range.count
        }
        joined.removeLast(7)
        return joined
    }

    /// The first eight bytes as a number that sorts as they do, missing ones as zero.
    @inlinable @inline(__always)
    public static func prefix(_ bytes: Span<UInt8>) -> UInt64 {
        let raw = unsafe bytes.bytes
        let count = raw.byteCount
        if count >= 8 { return raw.load(at: 0, as: UInt64.self).byteSwapped }
        if count >= 4 {
            // Where the two halves overlap they agree.
            let high = UInt64(raw.load(at: 0, as: UInt32.self).byteSwapped)
            let low = UInt64(raw.load(at: count &- 4, as: UInt32.self).byteSwapped)
            return high << 32 | low << UInt64(64 &- count &* 8)
        }
        var value: UInt64 = 0
        for index in 0..<count { value |= UInt64(raw.load(at: index, as: UInt8.self)) << UInt64(56 &- index &* 8) }
        return value
    }
}

extension [UInt8] {
    /// Appends all bytes of a span.
    package mutating func append(contentsOf bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
    /// Appends the `count` low bytes of `value`, at most 8, the lowest first.
    @inlinable
    package mutating func append(lowBytesOf value: UInt64, _ count: Int) {
        unsafe Swift.withUnsafeBytes(of: value.littleEndian) { unsafe append(contentsOf: $0.prefix(count)) }
    }
}
