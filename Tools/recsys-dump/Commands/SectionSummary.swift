import Columns
import Commands

/// What the section table says of one section.
struct SectionSummary {
    let name: String
    let blockCount: Int
    let rowCount: Int
    let rawByteCount: Int
    let storedByteCount: Int
    /// The names of the encodings and codecs in use, each once.
    let encodings: [String]

    /// The sections of a file, in the order of their numbers.
    static func all(of container: ContainerReader) -> [SectionSummary] {
        Set(container.entries.map(\.section)).sorted().map { SectionSummary($0, container) }
    }

    private init(_ section: UInt8, _ container: ContainerReader) {
        let entries = container.blockIndices(section: section).map { container.entries[$0] }
        name = container.format.sectionName(section)
        blockCount = entries.count
        // Two blocks of one dictionary may say the same ids in halves; bytes of text are no rows.
        rowCount = entries.reduce(0) { $0 + ($1.isContinuation ? 0 : $1.rowCount) }
        rawByteCount = entries.reduce(0) { $0 + $1.rawByteCount }
        storedByteCount = entries.reduce(0) { $0 + $1.storedByteCount }
        encodings = Set(entries.map { "\($0.encoding.name)+\($0.codec.name)" }).sorted()
    }

    /// All sections as a table.
    static func table(_ sections: [SectionSummary]) -> [String] {
        let rows = sections.map { section in
            [
                section.name, section.blockCount.grouped, section.rowCount.grouped, section.rawByteCount.grouped,
                section.storedByteCount.grouped, section.encodings.joined(separator: " "),
            ]
        }
        return Table.lines([["SECTION", "BLOCKS", "VALUES", "RAW BYTES", "STORED", "ENCODINGS"]] + rows)
    }
}

extension BlockEntry {
    /// True for a block that says more of the values of the block before it.
    fileprivate var isContinuation: Bool {
        part == DictionaryPart.uuidLow.rawValue || part == DictionaryPart.text.rawValue
    }
}

extension EncodingIdentifier {
    /// The name in tables.
    fileprivate var name: String {
        switch self {
        case .constant: "constant"
        case .narrow: "narrow"
        case .bytePlanes: "byte_planes"
        case .frameOfReference: "frame_of_reference"
        case .delta: "delta"
        case .runLength: "run_length"
        case .text: "text"
        }
    }
}

extension CodecIdentifier {
    /// The name in tables.
    fileprivate var name: String {
        switch self {
        case .none: "none"
        case .zstd: "zstd"
        }
    }
}
