/// Splits Swift source into tokens and comments.
///
/// It knows what a search for words has to know: comments, which nest; strings of one line and of many, raw ones too;
/// the code in interpolations; regular expressions. What is quoted gives no tokens but a `"` for each literal.
struct Scanner {
    private(set) var tokens: [Token] = []
    private(set) var comments: [Comment] = []

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    init(_ text: String) {
        bytes = Array(text.utf8)
        scanCode(inInterpolation: false)
    }

    /// Scans to the end of the text, or past the parenthesis that ends the interpolation.
    private mutating func scanCode(inInterpolation: Bool) {
        var depth = 0
        while position < bytes.count {
            if inInterpolation, bytes[position] == UInt8(ascii: "(") { depth += 1 }
            if inInterpolation, bytes[position] == UInt8(ascii: ")") {
                if depth == 0 { return advance() }
                depth -= 1
            }
            scanElement()
        }
    }

    private mutating func scanElement() {
        switch bytes[position] {
        case UInt8(ascii: "/"): scanSlash()
        case UInt8(ascii: "\""): scanString(hashCount: 0)
        case UInt8(ascii: "#"): scanHashes()
        case UInt8(ascii: "`"): scanQuotedWord()
        case let byte where isWordByte(byte): scanWord()
        case 0...32: advance()
        default: scanSign()
        }
    }

    private mutating func scanWord() {
        let start = position
        while position < bytes.count, isWordByte(bytes[position]) { advance() }
        append(from: start)
    }

    private mutating func scanQuotedWord() {
        let start = position
        advance()
        while position < bytes.count, bytes[position] != UInt8(ascii: "`") { advance() }
        advance()
        append(from: start)
    }

    private mutating func scanSign() {
        advance()
        append(from: position - 1)
    }
}

// MARK: Comments

extension Scanner {
    private mutating func scanSlash() {
        if starts(with: "//") {
            scanLineComment()
        } else if starts(with: "/*") {
            scanBlockComment()
        } else if beginsRegularExpression {
            skipRegularExpression(hashCount: 0)
        } else {
            scanSign()
        }
    }

    private mutating func scanLineComment() {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { advance() }
        comments.append(Comment(text: text(from: start), line: line))
    }

    private mutating func scanBlockComment() {
        var depth = 0
        var start = position
        repeat {
            if starts(with: "/*") {
                depth += 1
                advance(2)
            } else if starts(with: "*/") {
                depth -= 1
                advance(2)
            } else {
                if bytes[position] == UInt8(ascii: "\n") {
                    comments.append(Comment(text: text(from: start), line: line))
                    start = position + 1
                }
                advance()
            }
        } while depth > 0 && position < bytes.count
        comments.append(Comment(text: text(from: start), line: line))
    }
}

// MARK: Literals

extension Scanner {
    /// Scans what `#` begins: a raw string, an extended regular expression, or a sign.
    private mutating func scanHashes() {
        var hashCount = 0
        while position + hashCount < bytes.count, bytes[position + hashCount] == UInt8(ascii: "#") { hashCount += 1 }
        let next = position + hashCount < bytes.count ? bytes[position + hashCount] : 0
        if next == UInt8(ascii: "\"") {
            advance(hashCount)
            scanString(hashCount: hashCount)
        } else if next == UInt8(ascii: "/") {
            advance(hashCount)
            skipRegularExpression(hashCount: hashCount)
        } else {
            scanSign()
        }
    }

    /// Scans a string literal from its first quotation mark, of which the hashes have been passed.
    private mutating func scanString(hashCount: Int) {
        tokens.append(Token(text: "\"", line: line))
        let hashes = String(repeating: "#", count: hashCount)
        let isMultiline = starts(with: "\"\"\"")
        let quotes = isMultiline ? "\"\"\"" : "\""
        advance(quotes.utf8.count)
        while position < bytes.count {
            if starts(with: quotes + hashes) { return advance(quotes.utf8.count + hashCount) }
            if !isMultiline, bytes[position] == UInt8(ascii: "\n") { return }
            if starts(with: "\\" + hashes) {
                scanEscape(hashCount: hashCount)
            } else {
                advance()
            }
        }
    }

    private mutating func scanEscape(hashCount: Int) {
        advance(1 + hashCount)
        guard position < bytes.count else { return }
        let isInterpolation = bytes[position] == UInt8(ascii: "(")
        advance()
        if isInterpolation { scanCode(inInterpolation: true) }
    }

    /// True if the slash here begins a regular expression and is no operator: it stands where a value may begin, no
    /// space follows, and another slash does on the same line.
    private var beginsRegularExpression: Bool {
        let before = tokens.last?.text ?? "("
        guard ["(", ",", "=", ":", "[", "{", "&", "|", "?", "!", "in", "return"].contains(before) else { return false }
        let rest = bytes[(position + 1)...].prefix { $0 != UInt8(ascii: "\n") }
        guard let first = rest.first, first > 32, first != UInt8(ascii: ")") else { return false }
        return rest.contains(UInt8(ascii: "/"))
    }

    private mutating func skipRegularExpression(hashCount: Int) {
        tokens.append(Token(text: "\"", line: line))
        let end = "/" + String(repeating: "#", count: hashCount)
        advance()
        while position < bytes.count, !starts(with: end) {
            if hashCount == 0, bytes[position] == UInt8(ascii: "\n") { return }
            advance(bytes[position] == UInt8(ascii: "\\") ? 2 : 1)
        }
        advance(end.utf8.count)
    }
}

// MARK: The place in the text

extension Scanner {
    private mutating func advance(_ count: Int = 1) {
        for _ in 0..<count where position < bytes.count {
            if bytes[position] == UInt8(ascii: "\n") { line += 1 }
            position += 1
        }
    }

    private func starts(with text: String) -> Bool {
        var index = position
        for byte in text.utf8 {
            guard index < bytes.count, bytes[index] == byte else { return false }
            index += 1
        }
        return true
    }

    private func text(from start: Int) -> String {
        String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func append(from start: Int) {
        tokens.append(Token(text: text(from: start), line: line))
    }
}

/// True for what words and numbers are made of; bytes beyond ASCII are taken for letters.
private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...: true
    default: false
    }
}
