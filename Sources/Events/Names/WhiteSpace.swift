/// White space around ids, which is no part of them.
package enum WhiteSpace {
    /// The part of `range` between the white space (Unicode's property White_Space) at its two ends. The bytes are
    /// UTF-8.
    package static func trim(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
        var range = range
        while let count = leadingByteCount(bytes, range) { range = (range.lowerBound + count)..<range.upperBound }
        while let count = trailingByteCount(bytes, range) { range = range.lowerBound..<(range.upperBound - count) }
        return range
    }

    /// The length of the white space character at the front, or nil if there is none.
    private static func leadingByteCount(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        guard let first = range.first, !isSurelyInk(bytes[first]) else { return nil }
        for count in 1...min(3, range.count) where isWhiteSpace(bytes, first..<(first + count)) { return count }
        return nil
    }

    /// The length of the white space character at the back, or nil if there is none.
    private static func trailingByteCount(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        guard let last = range.last, bytes[last] >= 0x80 || !isSurelyInk(bytes[last]) else { return nil }
        for count in 1...min(3, range.count) where isWhiteSpace(bytes, (last + 1 - count)..<(last + 1)) { return count }
        return nil
    }

    /// True for a byte that begins no white space character: printing ASCII, and most others.
    private static func isSurelyInk(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21...0x7F: true
        case 0xC2, 0xE1, 0xE2, 0xE3: false
        default: byte >= 0x80
        }
    }

    /// True if the bytes are one white space character in UTF-8.
    private static func isWhiteSpace(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let first = range.lowerBound
        switch range.count {
        case 1: return bytes[first] == 0x20 || (0x09...0x0D).contains(bytes[first])
        case 2: return bytes[first] == 0xC2 && (bytes[first + 1] == 0x85 || bytes[first + 1] == 0xA0)
        default:
            switch (bytes[first], bytes[first + 1], bytes[first + 2]) {
            case (0xE1, 0x9A, 0x80), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80): return true
            case (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9), (0xE2, 0x80, 0xAF): return true
            default: return false
            }
        }
    }
}
