/// A part of all, from 0 to 1.
package struct Share: Sendable, ExpressibleByFloatLiteral, CustomStringConvertible {
    package let value: Double
    /// Of 2^53 equally likely numbers so many are in the share.
    let threshold: UInt64

    /// The share, or nil if `value` is not from 0 to 1.
    package init?(_ value: Double) {
        guard (0...1).contains(value) else { return nil }
        self.init(floatLiteral: value)
    }

    package init(floatLiteral value: Double) {
        precondition((0...1).contains(value))
        self.value = value
        threshold = UInt64(value * 0x1p53)
    }

    package var description: String { "\(value)" }

    /// How many of `count` things are in the share, rounded.
    func count(of count: Int) -> Int {
        Int((value * Double(count)).rounded())
    }
}
