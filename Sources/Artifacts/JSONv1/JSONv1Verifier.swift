import Columns
package import Platform

/// Derives the version of JSON v1 anew from the bytes of a file.
package struct JSONv1Verifier {
    private var hasher = SHA256Hasher()
    /// The end of the compact form so far, which is not in the hasher yet.
    private var tail: [UInt8] = []
    private var isInString = false
    private var isEscaped = false

    /// More than the last member takes, which holds the version.
    private static let tailByteCount = 1 << 10
    private static let build = Array("\"build\":".utf8)
    private static let emptyBuild = Array("\"build\":{\"built_at\":\"\",\"version\":\"\"}}".utf8)

    /// The version that the file says it has.
    ///
    /// Whatever the white space between its values is, the content is that of this version. The version covers all but
    /// `build`, which must have the members of the format, and must be the last.
    ///
    /// - Throws: `FormatError` if its content is of another version; `StorageError`.
    package static func version(of file: DataFile) throws -> SHA256Digest {
        var verifier = JSONv1Verifier()
        try file.forEachPiece { verifier.append($0.octets) }
        guard let (said, derived) = verifier.finish() else {
            throw FormatError(.corrupt, file.path, "corrupt: it does not end with the \"build\" of JSON v1")
        }
        guard said == derived else {
            throw FormatError(.corrupt, file.path, "corrupt: it says it is version \(said), its content is \(derived)")
        }
        return said
    }

    /// Takes in the next bytes of the file without the white space between values.
    private mutating func append(_ bytes: Span<UInt8>) {
        for index in bytes.indices {
            let byte = bytes[index]
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
            } else if byte == UInt8(ascii: "\"") {
                isInString = true
            } else if [0x20, 0x0A, 0x0D, 0x09].contains(byte) {
                continue
            }
            tail.append(byte)
        }
        let surplus = tail.count - JSONv1Verifier.tailByteCount
        guard surplus > 0 else { return }
        let settled = Array(tail[..<surplus])
        tail.removeFirst(surplus)
        hasher.update(settled.rawSpan)
    }

    /// The version that the file says it has, and the one that it has; nil without the former.
    private mutating func finish() -> (said: SHA256Digest, derived: SHA256Digest)? {
        let build = JSONv1Verifier.build
        let starts = tail.indices.dropLast(build.count)
        guard let start = starts.last(where: { tail[$0...].starts(with: build) }) else { return nil }
        let members = /"build":{"built_at":"[-:0-9TZ]+","version":"([0-9a-f]{64})","source_hash":"([0-9a-f]{64})"}}/
        guard let match = String(decoding: tail[start...], as: UTF8.self).wholeMatch(of: members),
            match.1 == match.2, let said = SHA256Digest(hexadecimal: String(match.1))
        else { return nil }
        let settled = Array(tail[..<start])
        hasher.update(settled.rawSpan)
        hasher.update(JSONv1Verifier.emptyBuild.rawSpan)
        return (said, hasher.finish())
    }
}
