/// Why a block is not what was written: its entry is not within its ranges, or its stored bytes are others.
enum BlockDamage: Error, Equatable, CustomStringConvertible {
    case unknownEncoding(UInt8)
    case unknownCodec(UInt8)
    case rowCountOutOfRange(Int)
    case rawByteCountOutOfRange(Int)
    case storedByteCountOutOfRange(Int, rawByteCount: Int)
    case beyondFooter
    case checksumMismatch
    case malformedFrame
    case malformedEncoding
    case unexpectedEncoding

    var description: String {
        switch self {
        case .unknownEncoding(let number): "there is no encoding \(number)"
        case .unknownCodec(let number): "there is no codec \(number)"
        case .rowCountOutOfRange(let count): "no block has \(count) rows"
        case .rawByteCountOutOfRange(let count): "\(count) raw bytes are too few or too many for its rows"
        case .storedByteCountOutOfRange(let count, let rawByteCount):
            "\(count) stored bytes cannot hold \(rawByteCount) raw ones"
        case .beyondFooter: "it reaches beyond the beginning of the footer"
        case .checksumMismatch: "the checksum of the stored bytes does not match"
        case .malformedFrame: "the zstd frame does not hold what the section table says"
        case .malformedEncoding: "the encoded values are malformed"
        case .unexpectedEncoding: "the encoding does not suit what the block is for"
        }
    }
}
