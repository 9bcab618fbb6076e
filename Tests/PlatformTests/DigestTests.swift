import Platform
import TestSupport
import Testing

/// XXH3-64 against the vectors of its reference implementation (`tests/sanity_test_vectors.h` of xxHash).
@Suite struct ChecksumTests {
    /// The first bytes of the buffer that the reference hashes.
    private static func reference(count: Int) -> [UInt8] {
        var generator: UInt64 = 2_654_435_761
        return (0..<count).map { _ in
            defer { generator &*= 11_400_714_785_074_694_797 }
            return UInt8(generator >> 56)
        }
    }

    /// Lengths on both sides of each of the algorithm's branches.
    @Test(
        arguments: [
            (0, 0x2D06_8005_38D3_94C2), (1, 0xC44B_DFF4_074E_ECDB), (6, 0x27B5_6A84_CD2D_7325),
            (12, 0xA713_DAF0_DFBB_77E7),
            (24, 0xA3FE_70BF_9D35_10EB), (48, 0x397D_A259_ECBA_1F11), (80, 0xBCDE_FBBB_2C47_C90A),
            (195, 0xCD94_217E_E362_EC3A), (403, 0xCDEB_804D_65C6_DEA4), (512, 0x617E_4959_9013_CB6B),
            (2048, 0xDD59_E2C3_A5F0_38E0), (2240, 0x6E73_A905_39CF_2948), (2367, 0xCB37_AEB9_E5D3_61ED),
        ] as [(Int, UInt64)])
    func knownVectors(count: Int, expected: UInt64) {
        let bytes = ChecksumTests.reference(count: count)
        let ofRaw = Checksum.xxh3(bytes.rawSpan)
        let ofSpan = Checksum.xxh3(bytes.span)
        #expect(ofRaw == expected)
        #expect(ofSpan == expected)
    }

    @Test func everyBitMatters() {
        let bytes = ChecksumTests.reference(count: 300)
        let original = Checksum.xxh3(bytes.rawSpan)
        let unnoticed = SmallWorlds.bitFlips(of: bytes).first { Checksum.xxh3($0.bytes.rawSpan) == original }
        #expect(unnoticed == nil)
    }
}

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
