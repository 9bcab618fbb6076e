/// Small worlds, to be exhausted rather than sampled.
package enum SmallWorlds {
    /// Every list of as many values as `lengths` says, each taken from `values`: the shortest first.
    package static func lists<Value>(of values: [Value], lengths: ClosedRange<Int>) -> [[Value]] {
        var result: [[Value]] = []
        var longest: [[Value]] = [[]]
        for length in 0...lengths.upperBound {
            if length > 0 { longest = longest.flatMap { list in values.map { list + [$0] } } }
            if lengths.contains(length) { result += longest }
        }
        return result
    }

    /// The bytes with one bit turned over, for each bit in turn, and that bit's number.
    package static func bitFlips(of bytes: [UInt8]) -> some Sequence<(bit: Int, bytes: [UInt8])> {
        (0..<bytes.count * 8).lazy.map { bit in
            var damaged = bytes
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            return (bit, damaged)
        }
    }

    /// Every beginning of the bytes that is shorter than they are.
    package static func truncations<Bytes: Collection>(of bytes: Bytes) -> some Sequence<Bytes.SubSequence> {
        (0..<bytes.count).lazy.map { bytes.prefix($0) }
    }
}
