/// Logarithms and powers of two that are the same to the last bit on every machine.
///
/// An artifact's version is the digest of its bytes, so a score must not depend on where it was computed. IEEE 754
/// rounds +, -, *, / and the square root correctly, hence everywhere alike; `log` and `exp2` of the C library differ
/// between systems, their versions and the instructions that a processor has. What stands here is made of those five
/// operations only (Swift never fuses `a * b + c` by itself), by the methods and with the coefficients of fdlibm's
/// `e_log.c` and `e_exp.c` (Sun Microsystems, 1993; https://www.netlib.org/fdlibm/).
enum PortableMath {
    /// ln(numerator / denominator); 0 for equal ones, and the same bits for equal ratios of numbers below 2^51.
    ///
    /// The relative error is less than 4e-16, also of ratios next to 1, which a quotient would have rounded away; with
    /// a number from 2^53, which a double does not hold exactly, less than 8e-16.
    ///
    /// - Parameters: Both from 1 to 2^62.
    @inline(__always)
    static func logarithm(ofRatio numerator: Int, to denominator: Int) -> Double {
        LogarithmOfRatio(numerator, denominator).value
    }

    /// 2^-x for x from 0; 0 where that would be less than the least normal number, 2^-1022.
    ///
    /// Within 1 unit in the last place; exact for whole numbers, and an x greater by 1 gives exactly half.
    static func powerOfTwo(minus x: Double) -> Double {
        guard x <= 1022 else { return 0 }
        let whole = (0.5 - x).rounded(.down)
        // 2^fraction = e^r with r from -ln(2)/2 to ln(2)/2, and e^r = 1 + r + r c / (2 - c) with a polynomial c(r).
        let r = (-x - whole) * 0.693147180559945309417
        let square = r * r
        let p4 = -1.65339022054652515390e-06 + square * 4.13813679705723846039e-08
        let p2 = -2.77777777770155933842e-03 + square * (6.61375632143793436117e-05 + square * p4)
        let c = r - square * (1.66666666666666019037e-01 + square * p2)
        return (1 - (r * c / (c - 2) - r)) * exactPowerOfTwo(Int(whole))
    }

    /// x^(1/4).
    static func fourthRoot(_ x: Double) -> Double { x.squareRoot().squareRoot() }

    /// x^(3/4).
    static func fourthRootCubed(_ x: Double) -> Double { x.squareRoot() * fourthRoot(x) }

    /// 2^exponent for an exponent from -1022 to 1023.
    @inline(__always)
    fileprivate static func exactPowerOfTwo(_ exponent: Int) -> Double {
        Double(bitPattern: UInt64(truncatingIfNeeded: exponent &+ 1023) &<< 52)
    }
}

/// The logarithm of a ratio in the three parts that are added up at the end:
/// ln(x / y) = exponent ln(2) + 2 slope + tail, where slope = (x - 2^exponent y) / (x + 2^exponent y).
struct LogarithmOfRatio {
    /// The power of two that is next to the ratio: 0 for ratios from sqrt(1/2) to sqrt(2).
    let exponent: Int
    /// From -0.172 to 0.172.
    let slope: Double
    /// What the powers of the slope from the third on add.
    let tail: Double

    /// - Parameters: Both from 1 to 2^62.
    @inline(__always)
    init(_ x: Int, _ y: Int) {
        let sqrtHalf: UInt64 = 0x3FE6_A09E_667F_3BCD
        let ratio = Double(x) / Double(y)
        exponent = Int(truncatingIfNeeded: (ratio.bitPattern &- sqrtHalf &+ (1023 &<< 52)) &>> 52) &- 1023
        let scaled = Double(y) * PortableMath.exactPowerOfTwo(exponent)
        // The difference is exact: of whole numbers here, of doubles within a factor of 2 there (Sterbenz).
        let difference = exponent == 0 ? Double(x &- y) : Double(x) - scaled
        slope = difference / (Double(x) + scaled)
        let z = slope * slope
        let w = z * z
        let even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01))
        let odd = 1.818357216161805012e-01 + w * 1.479819860511658591e-01
        tail = slope * (even + z * (6.666666666666735130e-01 + w * (2.857142874366239149e-01 + w * odd)))
    }

    @inline(__always)
    var value: Double {
        // ln(2) in two parts, the first of which is exact times any exponent.
        let multiple = Double(exponent)
        return multiple * 6.93147180369123816490e-01
            + (2 * slope + (tail + multiple * 1.90821492927058770002e-10))
    }
}
