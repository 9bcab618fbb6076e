import Platform

extension [UInt8] {
    /// Appends a number in so many decimal digits, at most 8, zeros in front.
    ///
    /// - Parameter number: Less than 10^digitCount.
    @inline(__always)
    mutating func append(decimal number: Int, digitCount: Int) {
        append(
            lowBytesOf: Digits.decimal(UInt64(truncatingIfNeeded: number)) >> UInt64(64 - 8 * digitCount), digitCount)
    }

    /// Appends the 16 hexadecimal digits of a number, small letters.
    mutating func append(hexadecimal number: UInt64) {
        append(lowBytesOf: Digits.hexadecimal(UInt32(truncatingIfNeeded: number >> 32)), 8)
        append(lowBytesOf: Digits.hexadecimal(UInt32(truncatingIfNeeded: number)), 8)
    }

    /// Appends a UUID of version 4 (RFC 9562) that is made of these bits, in its canonical form.
    mutating func append(uuid high: UInt64, _ low: UInt64) {
        let high = (high & ~0xF000) | 0x4000
        let low = (low & ~(3 << 62)) | (2 << 62)
        append(lowBytesOf: Digits.hexadecimal(UInt32(truncatingIfNeeded: high >> 32)), 8)
        append(dashedDigitsOf: UInt32(truncatingIfNeeded: high))
        append(dashedDigitsOf: UInt32(truncatingIfNeeded: low >> 32))
        append(lowBytesOf: Digits.hexadecimal(UInt32(truncatingIfNeeded: low)), 8)
    }

    /// Appends the eight digits of a number with a dash before each four.
    private mutating func append(dashedDigitsOf word: UInt32) {
        let digits = Digits.hexadecimal(word)
        append(UInt8(ascii: "-"))
        append(lowBytesOf: digits, 4)
        append(UInt8(ascii: "-"))
        append(lowBytesOf: digits >> 32, 4)
    }
}

/// Digits of numbers, eight at a time: the first in the lowest byte.
enum Digits {
    /// How many decimal digits the numbers below `bound` have.
    static func count(below bound: Int) -> Int {
        String(max(1, bound) - 1).utf8.count
    }

    /// The decimal digits of a number below 10^8.
    @inline(__always)
    static func decimal(_ number: UInt64) -> UInt64 {
        // Halves in 32 bits, quarters in 16, digits in 8; each quotient stands below its rest. The factors are
        // reciprocals that are exact for so few digits.
        let halves = number / 10_000 &+ (number % 10_000) << 32
        let hundreds = ((halves &* 10_486) >> 20) & 0x7F_0000_007F
        let quarters = hundreds &+ ((halves &- hundreds &* 100) << 16)
        let tens = ((quarters &* 103) >> 10) & 0xF_000F_000F_000F
        return (tens &+ ((quarters &- tens &* 10) << 8)) &+ 0x3030_3030_3030_3030
    }

    /// The hexadecimal digits of a number, small letters.
    @inline(__always)
    static func hexadecimal(_ number: UInt32) -> UInt64 {
        var digits = UInt64(number.byteSwapped)
        digits = (digits | (digits << 16)) & 0x0000_FFFF_0000_FFFF
        digits = (digits | (digits << 8)) & 0x00FF_00FF_00FF_00FF
        digits = ((digits >> 4) | (digits << 8)) & 0x0F0F_0F0F_0F0F_0F0F
        let letters = ((digits &+ 0x0606_0606_0606_0606) >> 4) & 0x0101_0101_0101_0101
        return digits &+ 0x3030_3030_3030_3030 &+ letters &* 39
    }
}
