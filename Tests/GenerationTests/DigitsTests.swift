import Testing

@testable import Generation

/// Digits are those that the standard library writes.
@Suite struct DigitsTests {
    private static let numbers: [Int] = {
        var stream = RandomStream(1, .slate)
        let edges = (0...8).flatMap { power in
            let value = (0..<power).reduce(1) { value, _ in value * 10 }
            return [value - 1, value, value + 1]
        }
        return (0...9999).map { $0 } + edges.filter { $0 < 100_000_000 }
            + (0..<100_000).map { _ in stream.next(below: 100_000_000) }
    }()

    @Test func decimalDigits() {
        for number in DigitsTests.numbers {
            var bytes: [UInt8] = []
            let text = String(number)
            bytes.append(decimal: number, digitCount: 8)
            bytes.append(decimal: number, digitCount: text.utf8.count)
            let expected = String(repeating: "0", count: 8 - text.utf8.count) + text + text
            guard bytes == Array(expected.utf8) else {
                Issue.record("\(number): \(String(decoding: bytes, as: UTF8.self))")
                return
            }
        }
    }

    @Test func hexadecimalDigits() {
        var stream = RandomStream(2, .slate)
        for number in [0, 1, .max, 0x0123_4567_89AB_CDEF] + (0..<10_000).map({ _ in stream.next() }) {
            var bytes: [UInt8] = []
            bytes.append(hexadecimal: number)
            let text = String(number, radix: 16)
            #expect(bytes == Array((String(repeating: "0", count: 16 - text.utf8.count) + text).utf8))
        }
    }

    @Test func identifiersOfVersionFour() {
        var bytes: [UInt8] = []
        bytes.append(uuid: 0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210)
        #expect(bytes == Array("01234567-89ab-4def-bedc-ba9876543210".utf8))
    }

    @Test func numbersOfDigits() {
        #expect([0, 1, 10, 11, 100, 101, 50_000_501].map { Digits.count(below: $0) } == [1, 1, 1, 2, 2, 3, 8])
    }
}
