/// A set of codes that hands them out in ascending order: bits, and above them bits for the words that are not empty.
///
/// Inserting and taking out cost a few operations a code, however far apart the codes are. Takes little more than a bit
/// for each code that there could be.
struct CodeSet {
    /// A bit for each code.
    private var codes: [UInt64]
    /// A bit for each word of `codes`.
    private var words: [UInt64]
    /// A bit for each word of `words`.
    private var pages: [UInt64]

    /// - Parameter codeCount: Codes are less than this.
    init(codeCount: Int) {
        codes = [UInt64](repeating: 0, count: codeCount / 64 + 1)
        words = [UInt64](repeating: 0, count: codes.count / 64 + 1)
        pages = [UInt64](repeating: 0, count: words.count / 64 + 1)
    }

    @inline(__always)
    mutating func insert(_ code: UInt32) {
        let (word, page) = (Int(code &>> 6), Int(code &>> 12))
        codes[word] |= 1 &<< UInt64(code & 63)
        words[page] |= 1 &<< UInt64(word & 63)
        pages[page &>> 6] |= 1 &<< UInt64(page & 63)
    }

    /// Takes all codes out.
    ///
    /// - Parameter result: Gets them in ascending order from its start on.
    /// - Returns: How many they are.
    mutating func drain(into result: inout [UInt32]) -> Int {
        drainBits(&codes, &words, &pages, into: &result)
    }
}

private func drainBits(
    _ codes: inout [UInt64], _ words: inout [UInt64], _ pages: inout [UInt64], into result: inout [UInt32],
) -> Int {
    var codes = codes.mutableSpan
    var words = words.mutableSpan
    var pages = pages.mutableSpan
    var result = result.mutableSpan
    var count = 0
    for group in pages.indices where pages[group] != 0 {
        var pageBits = pages[group]
        pages[group] = 0
        while pageBits != 0 {
            let page = group &* 64 &+ pageBits.trailingZeroBitCount
            pageBits &= pageBits &- 1
            var wordBits = words[page]
            words[page] = 0
            while wordBits != 0 {
                let word = page &* 64 &+ wordBits.trailingZeroBitCount
                wordBits &= wordBits &- 1
                var codeBits = codes[word]
                codes[word] = 0
                while codeBits != 0 {
                    result[count] = UInt32(truncatingIfNeeded: word &* 64 &+ codeBits.trailingZeroBitCount)
                    codeBits &= codeBits &- 1
                    count &+= 1
                }
            }
        }
    }
    return count
}
