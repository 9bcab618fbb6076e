import Columns
import Platform

/// What is done with the bytes of every block, whatever they hold.
func measureBytes() {
    measure("bytes: XXH3", .bytes) {
        let raw = Samples.block
        return Kernel(raw.count) { Checksum.xxh3(raw.rawSpan) }
    }
    measure("bytes: zstd compress", .bytes) {
        let (raw, zstandard) = (Samples.block, Zstandard())
        return Kernel(raw.count) { zstandard.compress(raw) }
    }
    measure("bytes: zstd decompress", .bytes) {
        let (raw, zstandard) = (Samples.block, Zstandard())
        let frame = zstandard.compress(raw)
        return Kernel(raw.count) { zstandard.decompress(frame.rawSpan, byteCount: raw.count) }
    }
}

extension Samples {
    /// Codes of items as they are compressed: in two byte planes.
    fileprivate static var block: [UInt8] {
        let codes = skewedCodes(below: 3000)
        return codes.map { UInt8(truncatingIfNeeded: $0) } + codes.map { UInt8($0 >> 8) }
    }
}
