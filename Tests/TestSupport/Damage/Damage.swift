import Platform

/// What may happen to the bytes of a file.
package enum Damage {
    /// Every bit of the bytes at `range` turned over, one at a time.
    package static func bitFlips(of bytes: [UInt8], in range: Range<Int>) -> some Sequence<[UInt8]> {
        (range.lowerBound * 8..<range.upperBound * 8).lazy.map { bit in
            var damaged = bytes
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            return damaged
        }
    }

    /// Changes at random places of `range`: a bit turned over, a byte set, a run of bytes overwritten with random ones,
    /// with zeros, or with what stands elsewhere in the file.
    ///
    /// - Parameter seed: Equal seeds give equal changes.
    package static func randomChanges(
        of bytes: [UInt8], in range: Range<Int>, count: Int, seed: UInt64,
    ) -> some Sequence<[UInt8]> {
        (0..<count).lazy.map { number in
            var generator = SplitMix64(seed: seed &+ UInt64(number) &* 0x9E37_79B9)
            return randomChange(of: bytes, in: range, using: &generator)
        }
    }

    /// Every beginning of the bytes that is shorter than they are.
    package static func truncations(of bytes: [UInt8]) -> some Sequence<[UInt8]> {
        bytes.indices.lazy.map { Array(bytes[..<$0]) }
    }

    /// Every two blocks of a container in each other's place.
    ///
    /// - Parameter inTable: True if the section table has them so, too, and its checksum is right.
    package static func exchanges(of bytes: [UInt8], inTable: Bool) -> [[UInt8]] {
        guard let parts = FileParts(bytes) else { preconditionFailure("the file is whole") }
        return parts.blocks.indices.flatMap { first in
            parts.blocks.indices.dropFirst(first + 1).map { second in
                var damaged = bytes
                if inTable { damaged.exchange(parts.entries[first], parts.entries[second]) }
                damaged.exchange(parts.blocks[first], parts.blocks[second])
                return inTable ? FileRepair.repaired(damaged) : damaged
            }
        }
    }

    private static func randomChange(
        of bytes: [UInt8], in range: Range<Int>, using generator: inout SplitMix64,
    ) -> [UInt8] {
        var damaged = bytes
        let start = Int.random(in: range, using: &generator)
        let end = min(range.upperBound, start + .random(in: 1...16, using: &generator))
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: damaged[start] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 1: damaged[start] = .random(in: 0...255, using: &generator)
        case 2: for index in start..<end { damaged[index] = .random(in: 0...255, using: &generator) }
        case 3: for index in start..<end { damaged[index] = 0 }
        default:
            let source = Int.random(in: 0..<(bytes.count - 16), using: &generator)
            for index in start..<end { damaged[index] = bytes[source + index - start] }
        }
        return damaged
    }
}

extension [UInt8] {
    /// Puts the bytes at two ranges, the first of which is before the second, in each other's place.
    fileprivate mutating func exchange(_ first: Range<Int>, _ second: Range<Int>) {
        let between = self[first.upperBound..<second.lowerBound]
        replaceSubrange(first.lowerBound..<second.upperBound, with: self[second] + between + self[first])
    }
}
