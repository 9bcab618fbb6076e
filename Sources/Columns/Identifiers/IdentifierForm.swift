/// Ids that are numbers in disguise, and so can be stored as numbers.
enum IdentifierForm {
    /// The number whose canonical decimal spelling the id is: digits only, no leading zero, at most 2^64 - 1. Else nil.
    static func decimal(_ identifier: Span<UInt8>) -> UInt64? {
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
    static func uuid(_ identifier: Span<UInt8>) -> (high: UInt64, low: UInt64)? {
        guard identifier.count == 36 else { return nil }
        var halves: (high: UInt64, low: UInt64) = (0, 0)
        var digitCount = 0
        for index in identifier.indices {
            if dashPositions.contains(index) {
                guard identifier[index] == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = hexadecimalValue(identifier[index]) else { return nil }
            if digitCount < 16 {
                halves.high = halves.high << 4 | digit
            } else {
                halves.low = halves.low << 4 | digit
            }
            digitCount += 1
        }
        return halves
    }

    /// The canonical decimal spelling of a number.
    static func appendDecimal(_ value: UInt64, to text: inout [UInt8]) {
        let start = text.count
        var rest = value
        repeat {
            text.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        text[start...].reverse()
    }

    /// The canonical spelling of a UUID.
    static func appendUUID(high: UInt64, low: UInt64, to text: inout [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        var digitCount = 0
        for index in 0..<36 {
            if dashPositions.contains(index) {
                text.append(UInt8(ascii: "-"))
                continue
            }
            let half = digitCount < 16 ? high : low
            text.append(digits[Int(half >> UInt64(60 - digitCount % 16 * 4) & 15)])
            digitCount += 1
        }
    }

    private static let dashPositions: Set<Int> = [8, 13, 18, 23]

    private static func hexadecimalValue(_ digit: UInt8) -> UInt64? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(digit - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(digit - UInt8(ascii: "a")) + 10
        default: nil
        }
    }
}
