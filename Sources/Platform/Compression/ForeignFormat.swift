/// What people take for an input by mistake, and no line of JSON begins with: better told once than as a bad record for
/// each line break that happens to be in it.
package enum ForeignFormat: String, Sendable, CaseIterable {
    case xz
    case bzip2
    case lz4
    case zip
    case parquet

    /// The bytes that such a file begins with; at most four.
    var magic: [UInt8] {
        switch self {
        case .xz: [0xFD, 0x37, 0x7A, 0x58]
        case .bzip2: Array("BZh".utf8)
        case .lz4: [0x04, 0x22, 0x4D, 0x18]
        case .zip: [0x50, 0x4B, 0x03, 0x04]
        case .parquet: Array("PAR1".utf8)
        }
    }

    /// What messages call it.
    package var name: String {
        switch self {
        case .xz, .bzip2, .lz4: "compressed with \(rawValue)"
        case .zip: "a zip archive"
        case .parquet: "a Parquet file"
        }
    }

    /// The format of a file that begins with `bytes`, or nil if it is none of these.
    package init?(startingWith bytes: ArraySlice<UInt8>) {
        guard let format = ForeignFormat.allCases.first(where: { bytes.starts(with: $0.magic) }) else { return nil }
        self = format
    }
}
