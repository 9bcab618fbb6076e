import Columns
import Platform

/// Gives every distinct tag a code, in the order of first appearance.
struct TagInterner {
    private var interner = IdentifierInterner()
    /// For each tag the number of the last list that it is in.
    private var latestLists: [Int] = []
    private var listCount = 0

    /// The distinct tags; a tag's index is its code.
    var identifiers: IdentifierList { interner.identifiers }

    /// Appends the codes of the tags of a list: what stands between `,`, `;` and `|`, without the white space at its
    /// ends, in lower case, without what is empty then, and without what has come before.
    mutating func appendCodes(of list: Span<UInt8>, to codes: inout [UInt32]) {
        listCount += 1
        var start = 0
        while start <= list.count {
            let end = separator(in: list, from: start) ?? list.count
            append(trimmed(list.extracting(start..<end)), to: &codes)
            start = end + 1
        }
    }

    private mutating func append(_ tag: Span<UInt8>, to codes: inout [UInt32]) {
        guard !tag.isEmpty else { return }
        let code: Int
        if isLowerCase(tag) {
            code = Int(interner.code(for: tag))
        } else {
            let lowerCased = Array(text(tag).lowercased().utf8)
            code = Int(interner.code(for: lowerCased.span))
        }
        if code == latestLists.count { latestLists.append(0) }
        if latestLists[code] != listCount { codes.append(UInt32(code)) }
        latestLists[code] = listCount
    }
}

/// The text that bytes in UTF-8 spell.
func text(_ bytes: Span<UInt8>) -> String {
    String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
}

/// The index of the first `,`, `;` or `|` from `start` on.
private func separator(in list: Span<UInt8>, from start: Int) -> Int? {
    for index in start..<list.count where list[index] == 0x2C || list[index] == 0x3B || list[index] == 0x7C {
        return index
    }
    return nil
}

/// True if all is ASCII, and no letter of it a capital one.
private func isLowerCase(_ tag: Span<UInt8>) -> Bool {
    for index in tag.indices where tag[index] >= 0x80 || tag[index] &- 0x41 < 26 { return false }
    return true
}
