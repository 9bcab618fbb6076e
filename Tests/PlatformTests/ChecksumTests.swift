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
