/// What a file declares, and the bodies of its functions.
struct Outline {
    private(set) var declarations: [Declaration] = []
    private(set) var bodies: [Body] = []

    private let tokens: [Token]
    /// For each closing parenthesis or bracket the index of the opening one, for each closing brace of its opening one.
    private let openings: [Int: Int]
    private var scopes: [Scope] = []

    /// A brace, parenthesis or bracket that is not closed yet.
    private struct Scope {
        let tokenIndex: Int
        /// True if what stands directly inside are members of a type.
        let holdsMembers: Bool
        /// The type or extension around it.
        let container: Int?
        /// The keyword of the function or property whose body it is. Functions within functions count as their lines.
        let bodyKeyword: Int?
    }

    init(_ tokens: [Token]) {
        self.tokens = tokens
        openings = Outline.matchOpenings(tokens)
        for index in tokens.indices { visit(index) }
    }

    private mutating func visit(_ index: Int) {
        switch tokens[index].text {
        case "{": openBrace(at: index)
        case "(", "[":
            scopes.append(Scope(tokenIndex: index, holdsMembers: false, container: nil, bodyKeyword: nil))
        case "}", ")", "]":
            if let scope = scopes.popLast() { close(scope, at: index) }
        default:
            if scopes.last?.holdsMembers ?? true, isDeclarationKeyword(at: index) { declare(at: index) }
        }
    }

    private mutating func openBrace(at index: Int) {
        let keyword = headerKeyword(before: index)
        let text = keyword.map { tokens[$0].text } ?? ""
        let holdsMembers = Declaration.typeKeywords.contains(text) || text == "extension"
        let standsAmongMembers = scopes.last?.holdsMembers ?? true
        let mayHaveCode = Declaration.functionKeywords.contains(text) || Declaration.valueKeywords.contains(text)
        scopes.append(
            Scope(
                tokenIndex: index, holdsMembers: holdsMembers,
                container: holdsMembers ? declarations.indices.last : nil,
                bodyKeyword: standsAmongMembers && mayHaveCode ? keyword : nil))
    }

    private mutating func close(_ scope: Scope, at index: Int) {
        guard let keyword = scope.bodyKeyword else { return }
        let text = tokens[keyword].text
        let title = ["init", "deinit", "subscript"].contains(text) ? text : "\(text) \(name(after: keyword))"
        let lineCount = max(0, tokens[index].line - tokens[scope.tokenIndex].line - 1)
        bodies.append(Body(title: title, line: tokens[keyword].line, lineCount: lineCount))
    }

    private mutating func declare(at index: Int) {
        let keyword = tokens[index].text
        let (start, modifiers) = modifiers(before: index)
        let isNamed = !["init", "deinit", "subscript"].contains(keyword)
        declarations.append(
            Declaration(
                keyword: keyword, name: isNamed ? name(after: index) : keyword, modifiers: modifiers,
                firstLine: tokens[start].line, line: tokens[index].line, container: scopes.last?.container))
    }
}

// MARK: Reading around a keyword

extension Outline {
    private static let statementKeywords: Set = [
        "if", "for", "while", "guard", "switch", "do", "catch", "else", "repeat", "defer", "case", "default", "get",
        "set", "willSet", "didSet", "return", "in", "import",
    ]
    private static let modifierWords: Set = [
        "package", "public", "private", "fileprivate", "internal", "open", "static", "class", "final", "override",
        "mutating", "nonmutating", "consuming", "borrowing", "indirect", "lazy", "weak", "unowned", "nonisolated",
        "convenience", "required", "dynamic", "prefix", "infix", "postfix", "distributed", "isolated", "unsafe",
    ]

    /// True if the token is the keyword of a declaration: not a member called `init`, nor the `class` of `class func`.
    private func isDeclarationKeyword(at index: Int) -> Bool {
        let text = tokens[index].text
        guard
            Declaration.typeKeywords.contains(text) || Declaration.functionKeywords.contains(text)
                || Declaration.valueKeywords.contains(text) || text == "extension" || text == "typealias"
        else { return false }
        let before = index > 0 ? tokens[index - 1].text : ""
        let after = index + 1 < tokens.count ? tokens[index + 1].text : ""
        if text == "class", ["func", "var", "let", "subscript"].contains(after) { return false }
        return ![".", "import", ":", "&"].contains(before)
    }

    /// The keyword of the declaration or statement whose braces open at `index`: the nearest one before it that stands
    /// in no parentheses of its own.
    private func headerKeyword(before index: Int) -> Int? {
        var position = index - 1
        while position >= 0 {
            switch tokens[position].text {
            case "{", "(", "[", "}", ";": return nil
            case ")", "]": position = openings[position] ?? 0
            case let text where Outline.statementKeywords.contains(text): return nil
            default: if isDeclarationKeyword(at: position) { return position }
            }
            position -= 1
        }
        return nil
    }

    /// The modifiers before a keyword, and the index of the first token of the declaration, attributes included.
    private func modifiers(before index: Int) -> (start: Int, modifiers: Set<String>) {
        var start = index
        var modifiers: Set<String> = []
        while start > 0 {
            var word = start - 1
            if tokens[word].text == ")", let opening = openings[word], opening > 0 { word = opening - 1 }
            if word > 0, tokens[word - 1].text == "@" {
                start = word - 1
            } else if Outline.modifierWords.contains(tokens[word].text), word == 0 || tokens[word - 1].text != "." {
                if word == start - 1 { modifiers.insert(tokens[word].text) }
                start = word
            } else {
                break
            }
        }
        return (start, modifiers)
    }

    /// The name after a keyword: a word, the last word of a dotted name, or the signs of an operator.
    private func name(after keyword: Int) -> String {
        var position = keyword + 1
        while position < tokens.count, ["[", "("].contains(tokens[position].text) { position += 1 }
        guard position < tokens.count else { return "" }
        let first = tokens[position].text
        if first.utf8.first.map(isOperatorByte) ?? false {
            return tokens[position...].prefix { $0.text.utf8.allSatisfy(isOperatorByte) }.map(\.text).joined()
        }
        while position + 2 < tokens.count, tokens[position + 1].text == "." { position += 2 }
        return tokens[position].text
    }

    private static func matchOpenings(_ tokens: [Token]) -> [Int: Int] {
        var open: [Int] = []
        var openings: [Int: Int] = [:]
        for index in tokens.indices {
            switch tokens[index].text {
            case "{", "(", "[": open.append(index)
            case "}", ")", "]": openings[index] = open.popLast()
            default: break
            }
        }
        return openings
    }
}

private func isOperatorByte(_ byte: UInt8) -> Bool {
    "=<>!&|+-*/%^~?.".utf8.contains(byte)
}
