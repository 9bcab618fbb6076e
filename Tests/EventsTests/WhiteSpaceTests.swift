import Events
import Testing

/// Trimming takes away what Unicode calls White_Space, at both ends, and nothing else.
@Suite struct WhiteSpaceTests {
    /// The part that trimming leaves.
    private static func trimmed(_ text: String) -> String {
        let bytes = Array(text.utf8)
        return String(decoding: bytes[WhiteSpace.trim(bytes.span, bytes.indices)], as: UTF8.self)
    }

    /// True if trimming leaves `expected`, byte for byte.
    private static func trim(_ text: String, leaves expected: String) -> Bool {
        trimmed(text).utf8.elementsEqual(expected.utf8)
    }

    /// The whole of Unicode, as an oracle: alone, before, after, and on both sides of a letter.
    @Test func everyScalarIsTrimmedJustIfItIsWhiteSpace() {
        let scalars = (0...0x10FFFF).lazy.compactMap { Unicode.Scalar(UInt32($0)) }
        let failure = scalars.first { scalar in
            let text = "\(scalar)x\(scalar)"
            let isWhiteSpace = scalar.properties.isWhitespace
            return !WhiteSpaceTests.trim(text, leaves: isWhiteSpace ? "x" : text)
                || !WhiteSpaceTests.trim("\(scalar)", leaves: isWhiteSpace ? "" : "\(scalar)")
        }
        #expect(failure == nil)
    }

    @Test func mixedWhiteSpaceGoesAndInnerStays() {
        let spaces = (0...0x3000).compactMap { Unicode.Scalar($0) }.filter(\.properties.isWhitespace)
        #expect(spaces.count == 25)
        let all = String(String.UnicodeScalarView(spaces))
        #expect(WhiteSpaceTests.trim("\(all)a\(all)é\(all)", leaves: "a\(all)é"))
        #expect(WhiteSpaceTests.trim(all, leaves: ""))
        #expect(WhiteSpaceTests.trim("", leaves: ""))
        #expect(WhiteSpaceTests.trim("a b", leaves: "a b"))
    }

    @Test func neighboursOfTheRangeAreLeftAlone() {
        let bytes = Array("\u{3000} a \u{85}".utf8)
        let start = "\u{3000}".utf8.count
        #expect(WhiteSpace.trim(bytes.span, start..<(start + 3)) == (start + 1)..<(start + 2))
        #expect(WhiteSpace.trim(bytes.span, start..<start).isEmpty)
        let inside = (start + 1)..<(start + 2)
        #expect(WhiteSpace.trim(bytes.span, inside) == inside)
    }
}
