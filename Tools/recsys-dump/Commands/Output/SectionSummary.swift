import Columns

/// What the section table says of one section.
struct SectionSummary: Sendable {
    let name: String
    let blockCount: Int
    let valueCount: Int
    let rawByteCount: Int
    let storedByteCount: Int
    /// The names of the encodings and codecs in use, each once.
    let encodings: [String]

    /// The sections of a file, in the order of their numbers.
    static func all(of inspection: ContainerInspection) -> [SectionSummary] {
        let sections = Set(inspection.blocks.map(\.entry.section)).sorted()
        return sections.map { SectionSummary($0, inspection) }
    }

    private init(_ section: UInt8, _ inspection: ContainerInspection) {
        let entries = inspection.blocks.map(\.entry).filter { $0.section == section }
        name = inspection.format.sectionName(section)
        blockCount = entries.count
        // Two blocks of one dictionary may say the same ids in halves; bytes of text are no values.
        valueCount = entries.reduce(0) { $0 + ($1.isContinuation ? 0 : $1.rowCount) }
        rawByteCount = entries.reduce(0) { $0 + $1.rawByteCount }
        storedByteCount = entries.reduce(0) { $0 + $1.storedByteCount }
        encodings = Set(entries.map(\.storageName)).sorted()
    }
}

extension UnverifiedEntry {
    /// True for a block that says more of the values of the block before it.
    fileprivate var isContinuation: Bool {
        part == DictionaryPart.uuidLow.rawValue || part == DictionaryPart.text.rawValue
    }

    /// The names of the encoding and the codec in tables.
    var storageName: String { "\(encodingName)+\(codecName)" }

    /// The name of the encoding in tables; its number if there is none of that number.
    var encodingName: String {
        switch EncodingIdentifier(rawValue: encoding) {
        case .constant: "constant"
        case .narrow: "narrow"
        case .bytePlanes: "byte_planes"
        case .frameOfReference: "frame_of_reference"
        case .delta: "delta"
        case .runLength: "run_length"
        case .text: "text"
        case nil: "\(encoding)"
        }
    }

    /// The name of the codec in tables; its number if there is none of that number.
    var codecName: String {
        switch CodecIdentifier(rawValue: codec) {
        case .none?: "none"
        case .zstd: "zstd"
        case nil: "\(codec)"
        }
    }

    /// The name of the part of a dictionary in tables; empty for a column.
    var partName: String {
        switch DictionaryPart(rawValue: part) {
        case .decimal: "decimal"
        case .uuidHigh: "uuid_high"
        case .uuidLow: "uuid_low"
        case .textLengths: "lengths"
        case .text: "text"
        case nil: part == 0 ? "" : "\(part)"
        }
    }
}
