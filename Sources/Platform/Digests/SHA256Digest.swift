import Crypto

/// A SHA-256, the identity of an artifact.
package struct SHA256Digest: Hashable, Sendable, CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    package let hexadecimal: String

    package var description: String { hexadecimal }

    /// The digest of all of `bytes`.
    package init(of bytes: RawSpan) {
        var hasher = SHA256Hasher()
        hasher.update(bytes)
        self = hasher.finish()
    }

    /// The digest of all bytes of a file.
    package init(of file: DataFile) throws(StorageError) {
        var hasher = SHA256Hasher()
        for range in file.pieceRanges { try file.withBytes(range) { hasher.update($0) } }
        try file.checkIsWhole()
        self = hasher.finish()
    }

    /// The digest that these 64 lower-case hexadecimal digits spell, or nil if they do not.
    package init?(hexadecimal: String) {
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) }
        guard hexadecimal.utf8.count == 64, hexadecimal.utf8.allSatisfy(isDigit) else { return nil }
        self.hexadecimal = hexadecimal
    }

    fileprivate init(unchecked hexadecimal: String) {
        self.hexadecimal = hexadecimal
    }
}

/// A SHA-256 over bytes that come in pieces.
package struct SHA256Hasher {
    private var function = SHA256()

    package init() {}

    /// Takes the next bytes in.
    package mutating func update(_ bytes: RawSpan) {
        unsafe bytes.withUnsafeBytes { unsafe function.update(bufferPointer: $0) }
    }

    /// The digest of everything so far.
    package func finish() -> SHA256Digest {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in function.finalize() {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return SHA256Digest(unchecked: String(decoding: text, as: UTF8.self))
    }
}
