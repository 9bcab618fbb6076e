import Platform
import TestSupport
import Testing

/// Strings of bytes compare as an obvious but slow comparison says.
@Suite struct ByteStringsTests {
    /// Bytes on both sides of where signed and unsigned order differ.
    private static let strings = SmallWorlds.lists(of: [0, 1, 127, 128, 255] as [UInt8], lengths: 0...3)

    /// Less than, equal to or greater than zero.
    private static func expectedOrder(_ left: [UInt8], _ right: [UInt8]) -> Int {
        left == right ? 0 : left.lexicographicallyPrecedes(right) ? -1 : 1
    }

    @Test func orderOfAllPairsOfAWorld() {
        let failure = ByteStringsTests.strings.first { left in
            ByteStringsTests.strings.contains { right in
                ByteStrings.compare(left.span, right.span).signum() != ByteStringsTests.expectedOrder(left, right)
            }
        }
        #expect(failure == nil)
    }

    @Test func orderOfLongStrings() {
        var generator = SplitMix64(seed: 6)
        for _ in 0..<2000 {
            let shared = generator.bytes(count: .random(in: 0...40, using: &generator))
            let left = shared + generator.bytes(count: .random(in: 0...3, using: &generator))
            let right = shared + generator.bytes(count: .random(in: 0...3, using: &generator))
            let order = ByteStrings.compare(left.span, right.span).signum()
            let prefixes = (ByteStrings.prefix(left.span), ByteStrings.prefix(right.span))
            let expected = ByteStringsTests.expectedOrder(left, right)
            guard order == expected, prefixes.0 == prefixes.1 || (prefixes.0 < prefixes.1) == (expected < 0) else {
                Issue.record("\(left) and \(right)")
                return
            }
        }
    }

    @Test(arguments: 0...9)
    func thePrefixIsTheFirstEightBytes(count: Int) {
        let bytes = [UInt8](1...9).prefix(count)
        let expected = (0..<8).reduce(UInt64(0)) { $0 << 8 | ($1 < count ? UInt64($1 + 1) : 0) }
        let prefix = ByteStrings.prefix(Array(bytes).span)
        #expect(prefix == expected)
    }
}
