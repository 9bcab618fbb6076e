extension [UInt8] {
    /// Appends the number in so many decimal digits, zeros in front; higher digits are left out.
    @inline(__always)
    mutating func append(decimal number: Int, digitCount: Int) {
        let end = count + digitCount
        append(contentsOf: repeatElement(UInt8(ascii: "0"), count: digitCount))
        var rest = UInt64(truncatingIfNeeded: number)
        var index = end - 1
        while rest > 0, index >= end - digitCount {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            self[index] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: digit)
            rest = quotient
            index -= 1
        }
    }

    /// Appends the lowest `digitCount` hexadecimal digits of a number, small letters.
    mutating func append(hexadecimal number: UInt64, digitCount: Int) {
        for index in (0..<digitCount).reversed() {
            let digit = UInt8(truncatingIfNeeded: number >> UInt64(4 * index)) & 0xF
            append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
        }
    }

    /// Appends a UUID of version 4 (RFC 9562) that is made of these bits, in its canonical form.
    mutating func append(uuid high: UInt64, _ low: UInt64) {
        append(hexadecimal: high >> 32, digitCount: 8)
        append(UInt8(ascii: "-"))
        append(hexadecimal: high >> 16, digitCount: 4)
        append(UInt8(ascii: "-"))
        append(hexadecimal: high & 0x0FFF | 0x4000, digitCount: 4)
        append(UInt8(ascii: "-"))
        append(hexadecimal: low >> 48 & 0x3FFF | 0x8000, digitCount: 4)
        append(UInt8(ascii: "-"))
        append(hexadecimal: low, digitCount: 12)
    }
}

/// How many decimal digits the numbers below `bound` have.
func digitCount(below bound: Int) -> Int {
    String(max(1, bound) - 1).utf8.count
}
