import TestSupport
import Testing

@testable import Columns

/// An id counts as a number just if writing the number gives the id back.
@Suite struct IdentifierFormTests {
    private static func decimal(_ bytes: [UInt8]) -> UInt64? { IdentifierForm.decimal(bytes.span) }

    private static func decimalText(_ value: UInt64) -> String {
        var text: [UInt8] = []
        IdentifierForm.appendDecimal(value, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// The number that the standard library reads, if it writes it the same way.
    private static func expectedDecimal(_ bytes: [UInt8]) -> UInt64? {
        let text = String(decoding: bytes, as: UTF8.self)
        return UInt64(text).flatMap { String($0) == text ? $0 : nil }
    }

    @Test func decimalsOfASmallAlphabet() {
        let alphabet = Array("019/:+-a ".utf8) + [0, 0xB2]
        let failure = SmallWorlds.lists(of: alphabet, lengths: 0...4).first { bytes in
            IdentifierFormTests.decimal(bytes) != IdentifierFormTests.expectedDecimal(bytes)
        }
        #expect(failure == nil)
    }

    @Test func decimalsAroundEveryPowerOfTen() {
        var power: UInt64 = 1
        for _ in 0..<20 {
            for value in [power - 1, power, power + 1] {
                let text = IdentifierFormTests.decimalText(value)
                #expect(text == String(value))
                #expect(IdentifierFormTests.decimal(Array(text.utf8)) == value)
            }
            power = power.multipliedReportingOverflow(by: 10).partialValue
        }
    }

    @Test func decimalsAroundTheLargest() {
        // The last digits of 2^64 - 1 are 551615.
        let head = "18446744073709"
        for tail in 550_000..<553_000 {
            let bytes = Array("\(head)\(tail)".utf8)
            guard IdentifierFormTests.decimal(bytes) == IdentifierFormTests.expectedDecimal(bytes) else {
                Issue.record("\(head)\(tail)")
                return
            }
        }
        for first in 1...9 {
            let bytes = Array("\(first)\(String(repeating: "9", count: 19))".utf8)
            #expect(IdentifierFormTests.decimal(bytes) == nil)
            #expect(IdentifierFormTests.decimal(bytes + [0x30]) == nil)
        }
    }

    @Test func everyByteInEveryPlaceOfAUUID() {
        let canonical = Array("01234567-89ab-cdef-fedc-ba9876543210".utf8)
        let dashes: Set<Int> = [8, 13, 18, 23]
        for place in canonical.indices {
            for byte in UInt8.min...UInt8.max {
                var bytes = canonical
                bytes[place] = byte
                let isDigit = (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
                let halves = IdentifierForm.uuid(bytes.span)
                var text: [UInt8] = []
                if let halves { IdentifierForm.appendUUID(high: halves.high, low: halves.low, to: &text) }
                guard (halves != nil) == (dashes.contains(place) ? byte == 0x2D : isDigit),
                    halves == nil || text == bytes
                else {
                    Issue.record("byte \(byte) in place \(place)")
                    return
                }
            }
        }
    }

    /// The variant of nearly all UUIDs there are sets the top bit of the low half.
    @Test func halvesWithTheTopBitSetAreWritten() {
        for (high, low) in [(0, 1 << 63), (1 << 63, 0), (.max, .max), (1, .max)] as [(UInt64, UInt64)] {
            var text: [UInt8] = []
            IdentifierForm.appendUUID(high: high, low: low, to: &text)
            let halves = IdentifierForm.uuid(text.span)
            #expect(halves?.high == high)
            #expect(halves?.low == low)
        }
    }

    @Test func uuidHalvesAreTheirDigits() {
        let halves = IdentifierForm.uuid(Array("01234567-89ab-cdef-fedc-ba9876543210".utf8).span)
        #expect(halves?.high == 0x0123_4567_89AB_CDEF)
        #expect(halves?.low == 0xFEDC_BA98_7654_3210)
    }

    @Test func noOtherLengthIsAUUID() {
        let canonical = Array("01234567-89ab-cdef-fedc-ba9876543210".utf8)
        for prefix in SmallWorlds.truncations(of: canonical) {
            let isUUID = IdentifierForm.uuid(Array(prefix).span) != nil
            #expect(!isUUID)
        }
        let isUUID = IdentifierForm.uuid((canonical + [0x30]).span) != nil
        #expect(!isUUID)
    }
}
