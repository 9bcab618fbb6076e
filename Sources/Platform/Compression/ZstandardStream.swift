import CZstd

/// A stream of zstd frames.
@safe final class ZstandardStream: StreamDecompressor {
    private let context: OpaquePointer
    private(set) var isBetweenFrames = true

    init() {
        guard let context = unsafe ZSTD_createDCtx() else {
            preconditionFailure("zstd cannot allocate its context: out of memory")
        }
        unsafe self.context = context
    }

    deinit {
        unsafe ZSTD_freeDCtx(context)
    }

    func decompress(
        _ input: [UInt8], _ consumed: inout Int, into output: inout [UInt8], _ range: Range<Int>,
    ) throws(DecompressionProblem) -> Int {
        let start = consumed
        let (hint, read, written) = unsafe input.withUnsafeBytes { source in
            unsafe output.withUnsafeMutableBytes { target in
                var from = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: start)
                var to = unsafe ZSTD_outBuffer(dst: target.baseAddress, size: range.upperBound, pos: range.lowerBound)
                let hint = unsafe ZSTD_decompressStream(context, &to, &from)
                return unsafe (hint, from.pos, to.pos)
            }
        }
        guard ZSTD_isError(hint) == 0 else {
            throw DecompressionProblem(reason: unsafe String(cString: ZSTD_getErrorName(hint)))
        }
        // Where there was nothing to do the answer speaks of the next frame.
        if read > start || written > range.lowerBound { isBetweenFrames = hint == 0 }
        consumed = read
        return written - range.lowerBound
    }
}
