import Columns

/// Distinct numbers that stand close together: a bit for each number up to the greatest, and how many bits are set
/// before each word of them.
///
/// Finding the place of a number among the others so takes two loads, where a hash table takes a search.
struct DenseNumbers: Sendable {
    private var words: [UInt64] = []
    /// For every word how many numbers stand before it.
    private var ranks: [UInt32] = []
    private let greatestWordCount: Int

    /// The memory for a word, in bytes.
    static let wordByteCount = 12

    /// - Parameter greatestWordCount: How many words of 64 bits there may be.
    init(greatestWordCount: Int) {
        self.greatestWordCount = greatestWordCount
    }

    /// Adds numbers, or adds none and returns false if one is too large.
    mutating func insert(_ numbers: [UInt64]) -> Bool {
        guard let greatest = numbers.max() else { return true }
        guard greatest / 64 < UInt64(greatestWordCount) else { return false }
        let wordCount = Int(greatest / 64) + 1
        if words.count < wordCount { words += repeatElement(0, count: max(wordCount, words.count * 2) - words.count) }
        setBits(numbers.span, in: words.mutableSpan)
        return true
    }

    /// All numbers, ascending. None are added from here on.
    mutating func finish() -> [UInt64] {
        var numbers: [UInt64] = []
        ranks.reserveCapacity(words.count)
        for index in words.indices {
            ranks.append(UInt32(numbers.count))
            var bits = words[index]
            while bits != 0 {
                numbers.append(UInt64(index * 64 + bits.trailingZeroBitCount))
                bits &= bits &- 1
            }
        }
        return numbers
    }

    /// Writes for each of some numbers, all of which were added, what stands in `map` at its place among all.
    func translate(_ numbers: [UInt64], through map: [UInt32], into codes: inout MutableSpan<UInt32>, at start: Int) {
        lookUp(numbers.span, words.span, ranks.span, map.span, into: &codes, at: start)
    }
}

private func setBits(_ numbers: Span<UInt64>, in words: consuming MutableSpan<UInt64>) {
    for index in numbers.indices {
        words[Int(truncatingIfNeeded: numbers[index] &>> 6)] |= 1 &<< (numbers[index] & 63)
    }
}

private func lookUp(
    _ numbers: Span<UInt64>, _ words: Span<UInt64>, _ ranks: Span<UInt32>, _ map: Span<UInt32>,
    into codes: inout MutableSpan<UInt32>, at start: Int,
) {
    for index in numbers.indices {
        let word = Int(truncatingIfNeeded: numbers[index] &>> 6)
        let before = words[word] & ((1 &<< (numbers[index] & 63)) &- 1)
        codes[start &+ index] = map[Int(ranks[word]) &+ before.nonzeroBitCount]
    }
}
