/// A tenant, a surface or a segment: a name that is safe as one segment of a path, on any file system we meet.
package struct PathSegment: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    /// The longest a name may be, in bytes of UTF-8: the longest file name there is.
    package static let maximumByteCount = 255

    /// The name that stands in paths for "no segment", and so cannot be one.
    package static let absentName = "_"

    /// - Throws: Why `text` is no safe name.
    package init(_ text: String) throws(PathSegmentProblem) {
        guard !text.isEmpty else { throw .empty }
        guard text.utf8.count <= PathSegment.maximumByteCount else { throw .tooLong }
        guard text != ".", text != "..", text != PathSegment.absentName else { throw .reserved }
        guard !text.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }) else {
            throw .separator
        }
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw .controlCharacter
        }
        // Bytes, not characters: a combining mark after the prefix would hide it from `hasPrefix`.
        guard !text.utf8.starts(with: ".tmp-".utf8), text != ".quarantine" else { throw .reserved }
        self.text = text
    }

    package var description: String { text }

    package static func < (left: PathSegment, right: PathSegment) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    /// Names are equal if their bytes are: Swift compares text by canonical equivalence, a file system does not.
    package static func == (left: PathSegment, right: PathSegment) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}

/// Why a text is no safe name.
package enum PathSegmentProblem: Error, Sendable, CustomStringConvertible {
    case empty
    case tooLong
    case reserved
    case separator
    case controlCharacter

    package var description: String {
        switch self {
        case .empty: "is empty"
        case .tooLong: "is longer than \(PathSegment.maximumByteCount) bytes"
        case .reserved: "is a reserved name; none is '.', '..', '_' or '.quarantine', and none begins with '.tmp-'"
        case .separator: "contains a path separator; a name is one safe path segment"
        case .controlCharacter: "contains a control character"
        }
    }
}
