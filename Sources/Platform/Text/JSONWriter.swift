/// JSON text, written from beginning to end into a buffer that its owner drains.
///
/// Strings escape `<`, `>`, `&`, U+2028 and U+2029 as `\u....` and control characters as `\b \f \n \r \t` or `\u00..`,
/// as JSON v1 asks; everything else stands as it is. The caller keeps the grammar: a key before each member's value.
package struct JSONWriter {
    /// How much white space there is between tokens.
    package enum Style: Sendable {
        /// None.
        case compact
        /// A line for each member and element, indented by two spaces a level; empty containers on one line.
        case indented
    }

    /// What was written and not yet drained.
    package private(set) var bytes: [UInt8] = []
    private let style: Style
    private var depth = 0
    /// True where the next value is the first of its container.
    private var isFirst = true
    /// True after a key, whose value follows on the same line.
    private var followsKey = false

    package init(style: Style) {
        self.style = style
    }

    /// The text of one JSON value, written by `body`.
    package static func text(style: Style, _ body: (inout JSONWriter) throws -> Void) rethrows -> [UInt8] {
        var writer = JSONWriter(style: style)
        try body(&writer)
        return writer.bytes
    }

    /// Hands the bytes over and forgets them.
    package mutating func drain(_ consume: ([UInt8]) throws -> Void) rethrows {
        try consume(bytes)
        bytes.removeAll(keepingCapacity: true)
    }

    /// An object, whose members `body` writes.
    package mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
        begin(UInt8(ascii: "{"))
        try body(&self)
        end(UInt8(ascii: "}"))
    }

    /// An array, whose elements `body` writes.
    package mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
        begin(UInt8(ascii: "["))
        try body(&self)
        end(UInt8(ascii: "]"))
    }

    /// The key of the member whose value comes next.
    package mutating func key(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: name.description.utf8)
        bytes.append(contentsOf: style == .compact ? "\":".utf8 : "\": ".utf8)
        followsKey = true
    }

    /// The key of the member whose value comes next, from data.
    package mutating func key(text: String) {
        separate()
        quote(text.utf8)
        bytes.append(contentsOf: style == .compact ? ":".utf8 : ": ".utf8)
        followsKey = true
    }

    /// A string.
    package mutating func string(_ text: String) {
        separate()
        quote(text.utf8)
    }

    /// A string from its UTF-8.
    package mutating func string(_ text: Span<UInt8>) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        var index = 0
        while index < text.count {
            if text[index].isPlainInJSON {
                bytes.append(text[index])
                index += 1
            } else {
                let following = index + 2 < text.count ? (text[index + 1], text[index + 2]) : nil
                index += escape(text[index], following: following)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// A whole number.
    package mutating func integer(_ value: some BinaryInteger) {
        separate()
        bytes.append(contentsOf: String(value).utf8)
    }

    /// The shortest decimal that round-trips; a whole number has no fraction. Must be finite.
    package mutating func number(_ value: Double) {
        separate()
        let text = value.description
        bytes.append(contentsOf: text.hasSuffix(".0") ? text.dropLast(2).utf8 : text[...].utf8)
    }

    /// `true` or `false`.
    package mutating func boolean(_ value: Bool) {
        separate()
        bytes.append(contentsOf: value ? "true".utf8 : "false".utf8)
    }

    /// A member whose value is a text.
    package mutating func member(_ name: StaticString, _ text: String) {
        key(name)
        string(text)
    }

    /// A member whose value is a whole number.
    package mutating func member(_ name: StaticString, _ value: some BinaryInteger) {
        key(name)
        integer(value)
    }

    /// A member whose value is `true` or `false`.
    package mutating func member(_ name: StaticString, _ value: Bool) {
        key(name)
        boolean(value)
    }

    private mutating func begin(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        depth += 1
        isFirst = true
    }

    private mutating func end(_ bracket: UInt8) {
        depth -= 1
        if !isFirst { breakLine() }
        bytes.append(bracket)
        isFirst = false
    }

    /// What stands between the token before and the next key or value.
    private mutating func separate() {
        if followsKey {
            followsKey = false
            isFirst = false
            return
        }
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        if depth > 0 { breakLine() }
    }

    private mutating func breakLine() {
        guard style == .indented else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
    }

    private mutating func quote(_ text: String.UTF8View) {
        // The separator before the string stands already; `string` must not write another.
        followsKey = true
        let copy = Array(text)
        string(copy.span)
    }

    /// Writes the byte that starts a character which may need an escape; returns how many bytes it covered.
    private mutating func escape(_ byte: UInt8, following: (UInt8, UInt8)?) -> Int {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
        case 0x08: bytes.append(contentsOf: "\\b".utf8)
        case 0x0C: bytes.append(contentsOf: "\\f".utf8)
        case 0x0A: bytes.append(contentsOf: "\\n".utf8)
        case 0x0D: bytes.append(contentsOf: "\\r".utf8)
        case 0x09: bytes.append(contentsOf: "\\t".utf8)
        case 0xE2:
            guard let (second, third) = following, second == 0x80, third == 0xA8 || third == 0xA9 else {
                bytes.append(byte)
                return 1
            }
            bytes.append(contentsOf: third == 0xA8 ? "\\u2028".utf8 : "\\u2029".utf8)
            return 3
        default:
            let digits = String(byte, radix: 16)
            bytes.append(contentsOf: (digits.count == 1 ? "\\u000" : "\\u00").utf8)
            bytes.append(contentsOf: digits.utf8)
        }
        return 1
    }
}

extension UInt8 {
    /// True for the bytes that stand for themselves inside a JSON string whatever follows them.
    fileprivate var isPlainInJSON: Bool {
        switch self {
        case 0..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"),
            0xE2:
            false
        default: true
        }
    }
}
