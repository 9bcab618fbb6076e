import Foundation
import TestSupport
import Testing

@testable import Builders

/// Logarithms and powers are those of the C library but for the last digits, and always the same bits.
@Suite struct PortableMathTests {
    private func isClose(_ value: Double, _ expected: Double, within tolerance: Double) -> Bool {
        abs(value - expected) <= tolerance * abs(expected)
    }

    @Test func logarithmsOfSmallRatiosAreExhausted() {
        for x in 1...400 {
            for y in 1...400 {
                let value = PortableMath.logarithm(ofRatio: x, to: y)
                #expect(isClose(value, libraryLogarithm(ofRatio: x, to: y), within: 5e-16), "\(x) / \(y)")
                if x == y { #expect(value == 0) }
            }
        }
    }

    /// Of all sizes, and by chance and by design next to each other.
    @Test(arguments: [(53, 5e-16), (62, 9e-16)])
    func logarithmsAreThoseOfTheLibrary(bitCount: Int, tolerance: Double) {
        var generator = SplitMix64(seed: UInt64(bitCount))
        for _ in 0..<40_000 {
            let x = Int.random(in: 1..<1 << Int.random(in: 1...bitCount, using: &generator), using: &generator)
            let other = Int.random(in: 1..<1 << Int.random(in: 1...bitCount, using: &generator), using: &generator)
            for y in [other, x + 1, max(1, x - other / 1000)] {
                let value = PortableMath.logarithm(ofRatio: x, to: y)
                #expect(isClose(value, libraryLogarithm(ofRatio: x, to: y), within: tolerance), "\(x) / \(y)")
            }
        }
    }

    @Test func logarithmsOfTheGreatestNumbers() {
        for (x, y) in [(1 << 62, 1), (1, 1 << 62), (1 << 62, 1 << 62), (1 << 62, (1 << 62) - 1), (3, 1 << 62)] {
            let value = PortableMath.logarithm(ofRatio: x, to: y)
            #expect(isClose(value, libraryLogarithm(ofRatio: x, to: y), within: 9e-16), "\(x) / \(y)")
        }
    }

    /// Equal ratios have equal logarithms, and turning one over turns the sign.
    @Test func logarithmsDependOnTheRatioAlone() {
        var generator = SplitMix64(seed: 3)
        for _ in 0..<5000 {
            let x = Int.random(in: 1...1 << 26, using: &generator)
            let y = Int.random(in: 1...1 << 26, using: &generator)
            let factor = Int.random(in: 1..<1 << 25, using: &generator)
            let value = PortableMath.logarithm(ofRatio: x, to: y)
            #expect(PortableMath.logarithm(ofRatio: x * factor, to: y * factor) == value, "\(x) / \(y), \(factor)")
            #expect(PortableMath.logarithm(ofRatio: y, to: x) == -value, "\(x) / \(y)")
        }
    }

    @Test func powersAreThoseOfTheLibrary() {
        var generator = SplitMix64(seed: 4)
        for _ in 0..<40_000 {
            let x = Double.random(in: 0..<Double(1 << Int.random(in: 0...9, using: &generator)), using: &generator)
            #expect(isClose(PortableMath.powerOfTwo(minus: x), exp2(-x), within: 4e-16), "\(x)")
        }
        for numerator in 0...400 {
            for denominator in 1...40 {
                let x = Double(numerator) / Double(denominator)
                #expect(isClose(PortableMath.powerOfTwo(minus: x), exp2(-x), within: 4e-16), "\(x)")
            }
        }
    }

    @Test func powersOfWholeNumbersAreExact() {
        for exponent in 0...1022 {
            #expect(
                PortableMath.powerOfTwo(minus: Double(exponent))
                    == Double(sign: .plus, exponent: -exponent, significand: 1))
        }
        for x in [1022.000001, 1023, 1e9, 1e300, .infinity] { #expect(PortableMath.powerOfTwo(minus: x) == 0) }
        #expect(PortableMath.powerOfTwo(minus: 1e-300) == 1)
    }

    @Test func oneMoreIsHalf() {
        for step in 0..<1024 {
            let fraction = Double(step) / 1024
            let power = PortableMath.powerOfTwo(minus: fraction)
            for whole in [1, 2, 7, 500] {
                let expected = power * Double(sign: .plus, exponent: -whole, significand: 1)
                #expect(PortableMath.powerOfTwo(minus: fraction + Double(whole)) == expected)
            }
        }
    }

    @Test(arguments: [0, 1, 16, 20, 81, 12_345.678, 1e9])
    func fourthRoots(x: Double) {
        #expect(isClose(PortableMath.fourthRoot(x), pow(x, 0.25), within: 4e-16))
        #expect(isClose(PortableMath.fourthRootCubed(x), pow(x, 0.75), within: 8e-16))
    }

    /// Bits that every machine has to arrive at.
    @Test(
        arguments: [
            (2, 1, 0x3FE6_2E42_FEFA_39EF), (10, 3, 0x3FF3_4378_FCBD_A720), (1001, 1000, 0x3F50_6035_4F8C_3EBF),
            (268_435_455, 7, 0x4031_7653_7427_CD0C), (7, 5, 0x3FD5_88C2_D913_348F),
        ] as [(Int, Int, UInt64)])
    func bitsOfLogarithms(x: Int, y: Int, bits: UInt64) {
        #expect(PortableMath.logarithm(ofRatio: x, to: y).bitPattern == bits)
    }

    @Test(
        arguments: [
            (0.5, 0x3FE6_A09E_667F_3BCC), (3.75, 0x3FB3_06FE_0A31_B715), (364.0 / 30, 0x3F2D_2CD4_A3EC_5430),
            (1021.9, 0x0011_25FB_EE25_06B0), (1e-9, 0x3FEF_FFFF_FFA0_BC0D),
        ] as [(Double, UInt64)])
    func bitsOfPowers(x: Double, bits: UInt64) {
        #expect(PortableMath.powerOfTwo(minus: x).bitPattern == bits)
    }
}
