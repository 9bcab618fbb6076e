import CXXHash

/// XXH3-64, the checksum that guards every stored block against damage. Not against malice.
public enum Checksum {
    /// XXH3-64 with seed 0 over all of `bytes`.
    public static func xxh3(_ bytes: RawSpan) -> UInt64 {
        unsafe bytes.withUnsafeBytes { unsafe XXH3_64bits($0.baseAddress, $0.count) }
    }

    /// XXH3-64 with seed 0, as a hash of an id.
    public static func xxh3(_ bytes: Span<UInt8>) -> UInt64 {
        unsafe bytes.withUnsafeBufferPointer { unsafe XXH3_64bits($0.baseAddress, $0.count) }
    }
}

extension Checksum {
    /// XXH3-128 of an id, for tables in memory; no file holds one.
    package static func xxh3Wide(_ bytes: Span<UInt8>, seed: UInt64) -> (low: UInt64, high: UInt64) {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            let hash = unsafe XXH3_128bits_withSeed(bytes.baseAddress, bytes.count, seed)
            return (hash.low64, hash.high64)
        }
    }
}
