import Columns
import TestSupport

/// Input as the kernels meet it, the same in every run.
enum Samples {
    /// As many values as the largest block holds.
    static let count = EncodedBlock.maximumRowCount

    /// Codes below a bound in no order, each as likely as the others.
    static func codes(below bound: UInt32) -> [UInt32] {
        var generator = SplitMix64(seed: 1)
        return (0..<count).map { _ in .random(in: 0..<bound, using: &generator) }
    }

    /// Codes below a bound in no order, the low ones more often: a few items are shown most of the time.
    static func skewedCodes(below bound: UInt32) -> [UInt32] {
        var generator = SplitMix64(seed: 2)
        return codes(below: bound).map { .random(in: 0...$0, using: &generator) }
    }

    /// Distinct ids.
    static func identifiers(_ count: Int, _ style: IdentifierStyle) -> IdentifierList {
        IdentifierList((0..<count).lazy.map { style.text(1_000_000 + $0) })
    }
}
