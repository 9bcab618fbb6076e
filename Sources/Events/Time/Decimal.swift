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
