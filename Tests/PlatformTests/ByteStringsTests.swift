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

    /// Lengths on both sides of where the loads that tell strings apart change.
    @Test(arguments: 0...40)
    func everyByteTellsStringsApart(count: Int) {
        var generator = SplitMix64(seed: UInt64(count))
        let bytes = generator.bytes(count: count)
        let copy = bytes.map { $0 }
        let hash = ByteStrings.hash(bytes.span)
        let isItself = ByteStrings.areEqual(bytes.span, copy.span) && ByteStrings.hash(copy.span) == hash
        #expect(isItself)
        for index in bytes.indices {
            var other = bytes
            other[index] ^= 1
            let isTold = !ByteStrings.areEqual(bytes.span, other.span) && ByteStrings.hash(other.span) != hash
            #expect(isTold, "byte \(index)")
        }
        let longer = bytes + [0]
        let isTold = !ByteStrings.areEqual(bytes.span, longer.span) && ByteStrings.hash(longer.span) != hash
        #expect(isTold)
    }

    @Test func hashesOfShortStringsSpread() {
        let numbers = (0..<100_000).map { ByteStrings.hash(Array(String($0).utf8).span) }
        #expect(Set(numbers).count == numbers.count)
        // The upper bits choose a place in a table; 4,096 places get 24 numbers each, give or take.
        let sizes = Dictionary(grouping: numbers, by: { $0 >> 52 }).mapValues(\.count)
        #expect(sizes.count == 4096)
        #expect(sizes.values.allSatisfy { $0 < 60 })
    }

    /// Every range of a short text after every other.
    @Test func rangesAreJoined() {
        let text = [UInt8](1...20)
        let ranges = (0...20).flatMap { start in (start...20).map { start..<$0 } }
        for first in ranges {
            let joined = ranges.map { ByteStrings.joined([first, $0], of: text.span) }
            #expect(joined == ranges.map { Array(text[first]) + Array(text[$0]) })
        }
        let nothing = (ByteStrings.joined([], of: text.span), ByteStrings.joined([0..<0], of: [UInt8]().span))
        #expect(nothing == ([], []))
    }

    @Test(arguments: 0...8)
    func lowBytesOfANumber(count: Int) {
        var bytes: [UInt8] = [0xFF]
        bytes.append(lowBytesOf: 0x0807_0605_0403_0201, count)
        #expect(bytes == [0xFF] + (0..<count).map { UInt8($0 + 1) })
    }
}
