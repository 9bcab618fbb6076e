/// What random numbers are for: numbers of different purposes have nothing to do with each other.
enum RandomPurpose: UInt64 {
    case catalog = 1
    case audience
    case slatePair
    case slate
    case session
    case sessionStarts
    case sessionNames
    case round
    case extraLines
}

/// Random numbers that are the same for the same seed, on every machine: SplitMix64 (Steele, Lea and Flood, *Fast
/// splittable pseudorandom number generators*, OOPSLA 2014).
///
/// A stream is named by a seed, a purpose and two numbers, so that any part of the output can be made alone.
struct RandomStream: RandomNumberGenerator {
    private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

    private var state: UInt64

    init(_ seed: UInt64, _ purpose: RandomPurpose, _ first: Int = 0, _ second: Int = 0) {
        let base = RandomStream.mixed(seed &+ purpose.rawValue &* RandomStream.increment)
        let key = RandomStream.mixed(base &+ UInt64(bitPattern: Int64(first)) &* 0xD134_2543_DE82_EF95)
        state = RandomStream.mixed(key &+ UInt64(bitPattern: Int64(second)) &* 0xDABA_0B6E_B093_22E3)
    }

    mutating func next() -> UInt64 {
        state &+= RandomStream.increment
        return RandomStream.mixed(state)
    }

    /// A number from 0 up to `bound`, not included. The bound is small against 2^64: what is uneven cannot be seen.
    mutating func next(below bound: Int) -> Int {
        Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(truncatingIfNeeded: bound)).high)
    }

    /// True in a share of all calls.
    mutating func next(in share: Share) -> Bool {
        next() >> 11 < share.threshold
    }

    /// Passes over so many numbers.
    mutating func skip(_ count: Int) {
        state &+= UInt64(truncatingIfNeeded: count) &* RandomStream.increment
    }

    /// A bijection of the 64-bit numbers that leaves nothing of their order.
    static func mixed(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
