/// The many ways to write the same JSON.
package enum JSONSpelling {
    /// A text as a string of JSON, each character written in one of the ways there are for it.
    package static func string(_ text: String, using generator: inout SplitMix64) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            let isRaw = scalar.value >= 0x20 && scalar != "\"" && scalar != "\\"
            if isRaw && !Int.random(in: 0..<4, using: &generator).isMultiple(of: 4) {
                result.unicodeScalars.append(scalar)
            } else {
                result += escape(scalar, using: &generator)
            }
        }
        return result + "\""
    }

    /// Up to two characters of the white space that JSON allows between tokens; never the end of a line.
    package static func gap(using generator: inout SplitMix64) -> String {
        String(
            (0..<Int.random(in: 0...2, using: &generator)).map { _ in
                [" ", "\t", "\r"].randomElement(using: &generator) ?? " "
            })
    }

    /// Members as an object in any order, with gaps between the tokens. Names may be escaped.
    package static func object(
        _ members: [(name: String, json: String)], using generator: inout SplitMix64,
    ) -> String {
        var text = gap(using: &generator) + "{"
        for (index, member) in members.shuffled(using: &generator).enumerated() {
            if index > 0 { text += gap(using: &generator) + "," }
            text += gap(using: &generator) + string(member.name, using: &generator) + gap(using: &generator)
            text += ":" + gap(using: &generator) + member.json
        }
        return text + gap(using: &generator) + "}" + gap(using: &generator)
    }

    private static func escape(_ scalar: Unicode.Scalar, using generator: inout SplitMix64) -> String {
        if Bool.random(using: &generator), let short = shortEscapes[scalar] { return short }
        return String(scalar).utf16.map { unit in
            let digits = String(unit, radix: 16, uppercase: Bool.random(using: &generator))
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }

    private static let shortEscapes: [Unicode.Scalar: String] = [
        "\"": "\\\"", "\\": "\\\\", "/": "\\/", "\u{8}": "\\b", "\u{C}": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t",
    ]
}
