import CZlib

/// A stream of gzip members.
@safe final class GzipStream: StreamDecompressor {
    private var stream = unsafe z_stream()
    private(set) var isBetweenFrames = true

    init() {
        // 16 more than the largest window: gzip's header and checksum, not zlib's.
        let result = unsafe inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(result == Z_OK, "zlib cannot allocate its state: out of memory")
    }

    deinit {
        unsafe inflateEnd(&stream)
    }

    func decompress(
        _ input: [UInt8], _ consumed: inout Int, into output: inout [UInt8], _ range: Range<Int>,
    ) throws(DecompressionProblem) -> Int {
        if isBetweenFrames, consumed < input.count { unsafe inflateReset(&stream) }
        let start = consumed
        let result = unsafe input.withUnsafeBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                unsafe stream.next_in = source.baseAddress.map { unsafe UnsafeMutablePointer(mutating: $0 + start) }
                unsafe stream.avail_in = UInt32(source.count - start)
                unsafe stream.next_out = target.baseAddress.map { unsafe $0 + range.lowerBound }
                unsafe stream.avail_out = UInt32(range.count)
                return unsafe inflate(&stream, Z_NO_FLUSH)
            }
        }
        guard result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR else {
            let message = unsafe stream.msg.map { unsafe String(cString: $0) }
            throw DecompressionProblem(reason: message ?? "zlib error \(result)")
        }
        consumed = unsafe input.count - Int(stream.avail_in)
        isBetweenFrames = result == Z_STREAM_END || isBetweenFrames && consumed == start
        return unsafe range.count - Int(stream.avail_out)
    }
}
