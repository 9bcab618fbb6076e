import CZstd

/// zstd frames in memory, with contexts that are reused from block to block. For one thread at a time.
@safe package final class Zstandard {
    private let compressor: OpaquePointer
    private let decompressor: OpaquePointer

    package init() {
        guard let compressor = unsafe ZSTD_createCCtx(), let decompressor = unsafe ZSTD_createDCtx() else {
            preconditionFailure("zstd cannot allocate its contexts: out of memory")
        }
        unsafe self.compressor = compressor
        unsafe self.decompressor = decompressor
    }

    deinit {
        unsafe ZSTD_freeCCtx(compressor)
        unsafe ZSTD_freeDCtx(decompressor)
    }

    /// No frame that holds anything is smaller: a magic number, a descriptor, a size and the header of a block, and at
    /// least one byte in it.
    package static let leastByteCount = 10

    /// One zstd frame that holds `bytes`. Level 3: higher ones gained nothing on columns like ours.
    package func compress(_ bytes: [UInt8], level: Int32 = 3) -> [UInt8] {
        let bound = ZSTD_compressBound(bytes.count)
        return unsafe [UInt8](unsafeUninitializedCapacity: bound) { target, count in
            let result = unsafe bytes.withUnsafeBytes { source in
                unsafe ZSTD_compressCCtx(compressor, target.baseAddress, bound, source.baseAddress, source.count, level)
            }
            precondition(ZSTD_isError(result) == 0, "zstd compresses any bytes into a buffer of its own bound")
            count = result
        }
    }

    /// What the frame in `bytes` holds, or nil unless that is one whole frame, no more, of exactly `byteCount` bytes.
    ///
    /// A frame that says in its header that it holds another number of bytes is refused before memory is taken.
    package func decompress(_ bytes: RawSpan, byteCount: Int) -> [UInt8]? {
        guard unsafe bytes.withUnsafeBytes({ unsafe Zstandard.mayBeFrame($0, byteCount: byteCount) }) else {
            return nil
        }
        var isWhole = false
        let output = unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { target, count in
            let result = unsafe bytes.withUnsafeBytes { source in
                unsafe ZSTD_decompressDCtx(
                    decompressor, target.baseAddress, byteCount, source.baseAddress, source.count)
            }
            isWhole = ZSTD_isError(result) == 0 && result == byteCount
            count = isWhole ? byteCount : 0
        }
        return isWhole ? output : nil
    }

    /// True if the bytes are a single frame as far as the headers in it tell, whose own says no other number of bytes.
    private static func mayBeFrame(_ source: UnsafeRawBufferPointer, byteCount: Int) -> Bool {
        // Libraries may know frames from before the standard, too, to which no bound of it applies.
        guard source.count >= 4, unsafe source.loadUnaligned(as: UInt32.self).littleEndian == ZSTD_MAGICNUMBER else {
            return false
        }
        let size = unsafe ZSTD_getFrameContentSize(source.baseAddress, source.count)
        // The largest number says that the header does not tell; the one below it that there is none.
        guard size == UInt64(byteCount) || size == .max else { return false }
        // zstd itself would go on to the next frame, and finds nothing wrong with none.
        return unsafe ZSTD_findFrameCompressedSize(source.baseAddress, source.count) == source.count
    }
}
