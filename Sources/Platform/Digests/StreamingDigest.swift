import CXXHash

/// XXH3-128 over bytes that come in pieces: the fingerprint of an input, the same that `xxh128sum` prints.
@safe package final class StreamingDigest {
    private let state: OpaquePointer

    package init() {
        guard let state = unsafe XXH3_createState() else {
            preconditionFailure("xxhash cannot allocate its state: out of memory")
        }
        unsafe XXH3_128bits_reset(state)
        unsafe self.state = state
    }

    deinit {
        unsafe XXH3_freeState(state)
    }

    /// Takes the next bytes in.
    package func update(_ bytes: RawSpan) {
        _ = unsafe bytes.withUnsafeBytes { unsafe XXH3_128bits_update(state, $0.baseAddress, $0.count) }
    }

    /// 32 lower-case hexadecimal digits for everything so far.
    package var hexadecimal: String {
        let hash = unsafe XXH3_128bits_digest(state)
        return [hash.high64, hash.low64].map { half in
            let digits = String(half, radix: 16)
            return String(repeating: "0", count: 16 - digits.utf8.count) + digits
        }.joined()
    }
}
