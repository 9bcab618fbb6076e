import Platform

/// Ids that are numbers in disguise, and so can be stored as numbers.
package enum IdentifierForm {
    /// The number whose canonical decimal spelling the id is: digits only, no leading zero, at most 2^64 - 1. Else nil.
    package static func decimal(_ identifier: Span<UInt8>) -> UInt64? {
        guard (1...20).contains(identifier.count) else { return nil }
        if identifier[0] == UInt8(ascii: "0") && identifier.count > 1 { return nil }
        var value: UInt64 = 0
        for index in 0..<min(identifier.count, 19) {
            let digit = identifier[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            value = value &* 10 &+ UInt64(digit)
        }
        // Nineteen digits always fit in 64 bits; the twentieth may not.
        guard identifier.count == 20 else { return value }
        let digit = identifier[19] &- UInt8(ascii: "0")
        let (product, productOverflow) = value.multipliedReportingOverflow(by: 10)
        let (sum, sumOverflow) = product.addingReportingOverflow(UInt64(digit))
        return digit <= 9 && !productOverflow && !sumOverflow ? sum : nil
    }

    /// The two halves of the UUID whose canonical spelling the id is: 8-4-4-4-12 lower-case hexadecimal digits. Else
    /// nil.
    package static func uuid(_ identifier: Span<UInt8>) -> (high: UInt64, low: UInt64)? {
        guard identifier.count == 36, dashPositions.allSatisfy({ identifier[$0] == dash }) else { return nil }
        let bytes = identifier.raw
        // The digits, eight at a time: the groups of four are put together by twos.
        let second = UInt64(bytes.load(at: 9, as: UInt32.self)) | UInt64(bytes.load(at: 14, as: UInt32.self)) << 32
        let third = UInt64(bytes.load(at: 19, as: UInt32.self)) | UInt64(bytes.load(at: 24, as: UInt32.self)) << 32
        guard let first = HexadecimalDigits.value(bytes.load(at: 0)), let second = HexadecimalDigits.value(second),
            let third = HexadecimalDigits.value(third), let fourth = HexadecimalDigits.value(bytes.load(at: 28))
        else { return nil }
        return (UInt64(first) << 32 | UInt64(second), UInt64(third) << 32 | UInt64(fourth))
    }

    /// The canonical decimal spelling of a number.
    static func appendDecimal(_ value: UInt64, to text: inout [UInt8]) {
        // From the last digit on, eight to a word, the first of them in its lowest byte.
        var (rest, word, count) = (value, UInt64(0), 0)
        var words: (UInt64, UInt64) = (0, 0)
        repeat {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            word = word << 8 | (UInt64(UInt8(ascii: "0")) + digit)
            rest = quotient
            count += 1
            if count == 8 { (words.0, word) = (word, 0) }
            if count == 16 { (words.1, word) = (word, 0) }
        } while rest > 0
        text.append(lowBytesOf: word, count % 8)
        if count >= 16 { text.append(lowBytesOf: words.1, 8) }
        if count >= 8 { text.append(lowBytesOf: words.0, 8) }
    }

    /// The canonical spelling of a UUID.
    static func appendUUID(high: UInt64, low: UInt64, to text: inout [UInt8]) {
        let second = HexadecimalDigits.text(UInt32(truncatingIfNeeded: high))
        let third = HexadecimalDigits.text(UInt32(truncatingIfNeeded: low >> 32))
        text.append(lowBytesOf: HexadecimalDigits.text(UInt32(truncatingIfNeeded: high >> 32)), 8)
        text.append(dash)
        text.append(lowBytesOf: second, 4)
        text.append(dash)
        text.append(lowBytesOf: second >> 32, 4)
        text.append(dash)
        text.append(lowBytesOf: third, 4)
        text.append(dash)
        text.append(lowBytesOf: third >> 32, 4)
        text.append(lowBytesOf: HexadecimalDigits.text(UInt32(truncatingIfNeeded: low)), 8)
    }

    private static let dashPositions = [8, 13, 18, 23]
    private static let dash = UInt8(ascii: "-")
}

/// Eight lower-case hexadecimal digits at once, each in a byte of a word, the first in the lowest.
private enum HexadecimalDigits {
    /// The number that the digits spell, or nil if one is no digit.
    static func value(_ digits: UInt64) -> UInt32? {
        // Letters have the bit that digits lack; their low halves are 9 less than what they stand for.
        let values = (digits & each(0x0F)) &+ (digits >> 6 & each(1)) &* 9
        // Of g to o they would be from 16 on, and their text be right.
        guard values & each(0xF0) == 0, text(values: values) == digits else { return nil }
        var packed = values.byteSwapped
        packed = (packed | packed >> 4) & 0x00FF_00FF_00FF_00FF
        packed = (packed | packed >> 8) & 0x0000_FFFF_0000_FFFF
        return UInt32(truncatingIfNeeded: packed | packed >> 16)
    }

    /// The digits of a number.
    static func text(_ value: UInt32) -> UInt64 {
        var spread = UInt64(value)
        spread = (spread | spread << 16) & 0x0000_FFFF_0000_FFFF
        spread = (spread | spread << 8) & 0x00FF_00FF_00FF_00FF
        spread = (spread | spread << 4) & each(0x0F)
        return text(values: spread.byteSwapped)
    }

    /// The digits for values of a byte each.
    private static func text(values: UInt64) -> UInt64 {
        let isLetter = (values &+ each(6)) >> 4 & each(1)
        let distance = UInt64(UInt8(ascii: "a") - 10 - UInt8(ascii: "0"))
        return values &+ each(UInt64(UInt8(ascii: "0"))) &+ isLetter &* distance
    }

    /// The same byte eight times.
    private static func each(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }
}
