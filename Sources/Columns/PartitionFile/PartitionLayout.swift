/// How the events of a partition are laid out in a file.
package enum PartitionLayout: Sendable {
    /// As they are kept: as few bytes as can be.
    case stored
    /// As a sorted run, which is made to be merged with others: all dictionaries in the order in which dictionaries are
    /// merged, small blocks, because many runs are read at once, and with the arrival of every row.
    case run

    /// The most rows, and the most ids, of a block.
    package var blockRowCount: Int {
        switch self {
        case .stored: EncodedBlock.maximumRowCount
        case .run: 8_192
        }
    }

    /// The most bytes of text that a block of ids holds, unless a single id is longer.
    package var blockTextByteCount: Int {
        switch self {
        case .stored: DictionaryBlocks.maximumTextByteCount
        case .run: 1 << 18
        }
    }

    /// True if dictionaries in the order of first appearance are tried.
    package var triesAppearance: Bool { self == .stored }

    package var keepsArrivals: Bool { self == .run }
}
