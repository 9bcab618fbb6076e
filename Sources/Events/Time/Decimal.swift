/// Decimal digits of dates and times.
enum Decimal {
    /// The number that the bytes in `range` spell, or nil if one of them is no digit.
    static func value(of bytes: Span<UInt8>, in range: Range<Int>) -> Int? {
        guard range.upperBound <= bytes.count else { return nil }
        var value = 0
        for index in range {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            value = value &* 10 &+ Int(digit)
        }
        return value
    }

    /// The number in at least `digits` digits.
    static func text(_ value: Int, digits: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}

/// Numbers of two digits, read without a branch: whether all were digits is asked once, at the end.
struct DecimalPairs {
    /// The highest bit is set if a byte was no digit.
    private var excess: UInt8 = 0

    /// The number that two digits spell; anything from 0 to 2,805 if they are none.
    mutating func value(_ tens: UInt8, _ ones: UInt8) -> Int {
        let (tens, ones) = (tens &- UInt8(ascii: "0"), ones &- UInt8(ascii: "0"))
        // A number over 9 either has the highest bit or gets it.
        excess |= tens | (tens &+ 118) | ones | (ones &+ 118)
        return Int(tens) * 10 + Int(ones)
    }

    /// True if every byte so far was a digit.
    var areValid: Bool { excess < 0x80 }
}
