import Platform
import TestSupport
import Testing

/// What goes in comes out, and only that: every other size and every other frame is refused.
@Suite struct ZstandardTests {
    private let zstandard = Zstandard()

    private static let samples: [[UInt8]] = {
        var generator = SplitMix64(seed: 3)
        return [
            [], [0], Array("a short text".utf8), [UInt8](repeating: 9, count: 100_000), generator.bytes(count: 1000),
            (0..<70_000).map { UInt8(truncatingIfNeeded: $0 / 3) },
        ]
    }()

    @Test(arguments: samples, [1, 3, 19] as [Int32])
    func roundTrip(bytes: [UInt8], level: Int32) {
        let frame = zstandard.compress(bytes, level: level)
        let decompressed = zstandard.decompress(frame.rawSpan, byteCount: bytes.count)
        #expect(decompressed == bytes)
        #expect(zstandard.compress(bytes, level: level) == frame, "the context keeps nothing from block to block")
    }

    @Test(arguments: samples)
    func anotherSizeIsRefused(bytes: [UInt8]) {
        let frame = zstandard.compress(bytes)
        for byteCount in [0, 1, bytes.count - 1, bytes.count + 1, bytes.count * 2 + 2]
        where byteCount >= 0 && byteCount != bytes.count {
            let decompressed = zstandard.decompress(frame.rawSpan, byteCount: byteCount)
            #expect(decompressed == nil, "\(byteCount) instead of \(bytes.count)")
        }
    }

    @Test func everyTruncationIsRefused() {
        let bytes = Array("every truncation, every truncation, every truncation".utf8)
        let frame = zstandard.compress(bytes)
        for prefix in SmallWorlds.truncations(of: frame) {
            let decompressed = zstandard.decompress(Array(prefix).rawSpan, byteCount: bytes.count)
            #expect(decompressed == nil)
        }
    }

    @Test func noFrameIsSmallerThanTheLeast() {
        var generator = SplitMix64(seed: 5)
        for count in 1...300 {
            let regular = zstandard.compress([UInt8](repeating: 7, count: count))
            let irregular = zstandard.compress(generator.bytes(count: count))
            #expect(min(regular.count, irregular.count) >= Zstandard.leastByteCount)
        }
    }

    @Test func nothingIsNoFrame() {
        let decompressed = zstandard.decompress([UInt8]().rawSpan, byteCount: 0)
        #expect(decompressed == nil)
    }

    @Test func aFrameAndMoreIsRefused() {
        let bytes = Array("one frame".utf8)
        let frame = zstandard.compress(bytes)
        let empty = zstandard.compress([])
        let skippable: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 0, 0, 0, 0]
        for more in [[0], frame, empty, skippable] {
            let after = zstandard.decompress((frame + more).rawSpan, byteCount: bytes.count)
            #expect(after == nil)
            let before = zstandard.decompress((more + frame).rawSpan, byteCount: bytes.count)
            #expect(before == nil)
        }
        let twice = zstandard.decompress((frame + frame).rawSpan, byteCount: bytes.count * 2)
        #expect(twice == nil)
    }

    @Test func randomBytesAreNoFrame() {
        var generator = SplitMix64(seed: 4)
        for count in 0..<200 {
            let bytes = generator.bytes(count: count)
            let decompressed = zstandard.decompress(bytes.rawSpan, byteCount: count * 3)
            #expect(decompressed == nil)
        }
    }

    /// Libraries that can may read it, and what the standard promises of sizes is not true of it.
    @Test func aFrameFromBeforeTheStandardIsRefused() {
        // Version 0.7: magic number, a single segment of 4 bytes, a raw block, the end.
        let frame: [UInt8] = [
            0x27, 0xB5, 0x2F, 0xFD, 0x20, 4, 0x40, 0, 4, 0x61, 0x62, 0x63, 0x64, 0xC0, 0, 0,
        ]
        #expect(Zstandard().decompress(frame.rawSpan, byteCount: 4) == nil)
    }
}
