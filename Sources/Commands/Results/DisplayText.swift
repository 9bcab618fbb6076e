/// Texts from files as people are to see them.
package enum DisplayText {
    /// The text on one line: characters that would move the cursor, or that a terminal would obey, are escaped, and a
    /// backslash is doubled.
    package static func line(_ text: String) -> String {
        let backslash = UInt8(ascii: "\\")
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != backslash }) { return text }
        var line = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": line += "\\\\"
            case "\n": line += "\\n"
            case "\r": line += "\\r"
            case "\t": line += "\\t"
            case _ where isControl(scalar): line += "\\u{\(String(scalar.value, radix: 16))}"
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    /// The text in at most so many characters: the middle of a longer one is an ellipsis.
    package static func shortened(_ text: String, to width: Int) -> String {
        // As most texts are: no more characters than bytes.
        if text.utf8.count <= width || text.count <= width { return text }
        guard width > 1 else { return String(text.prefix(max(0, width))) }
        let start = width / 2
        return text.prefix(start) + "…" + text.suffix(width - 1 - start)
    }

    /// Controls, line and paragraph separators, and what turns the direction of the text around it.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        case .format: (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
        default: false
        }
    }
}
