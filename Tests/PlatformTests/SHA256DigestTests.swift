import Platform
import TestSupport
import Testing

/// SHA-256 against the examples of FIPS 180-2 and of `sha256sum`.
@Suite struct SHA256DigestTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ])
    func knownVectors(text: String, expected: String) {
        let bytes = Array(text.utf8)
        let digest = SHA256Digest(of: bytes.rawSpan)
        #expect(digest.hexadecimal == expected)
        #expect(SHA256Digest(hexadecimal: expected) == digest)
    }

    @Test func piecesHaveTheDigestOfTheWhole() {
        let bytes = SmallWorlds.lists(of: [0, 255] as [UInt8], lengths: 6...6).flatMap { $0 }
        let whole = SHA256Digest(of: bytes.rawSpan)
        for split in 0...bytes.count {
            var hasher = SHA256Hasher()
            hasher.update(Array(bytes[..<split]).rawSpan)
            hasher.update(Array(bytes[split...]).rawSpan)
            #expect(hasher.finish() == whole)
            #expect(hasher.finish() == whole)
        }
    }

    @Test func onlySixtyFourLowerCaseDigitsAreADigest() {
        let digits = String(repeating: "0123456789abcdef", count: 4)
        #expect(SHA256Digest(hexadecimal: digits)?.description == digits)
        let short = String(digits.dropLast())
        let shorter = String(digits.dropLast(2))
        for text in [
            "", short, digits + "0", digits.uppercased(), short + "g", short + " ", short + "é", shorter + "é",
        ] {
            #expect(SHA256Digest(hexadecimal: text) == nil)
        }
    }
}
