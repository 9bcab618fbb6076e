import Columns
import Events
import Platform

/// What became of reading a block.
struct BlockReport: Sendable {
    let section: String
    let place: BlockPlace
    let entry: UnverifiedEntry
    /// The least and the greatest value, where it holds numbers and could be read.
    let range: ValueRange?
    /// Nil if nothing is wrong; of a block that this build may pass over nothing is known.
    let problem: FormatError?
    let isKnown: Bool

    /// The range of the values of a block.
    enum ValueRange: Sendable {
        case numbers(UInt64, UInt64)
        /// Nanoseconds since 00:00 UTC of the day.
        case times(UInt64, UInt64)
        case scores(Double, Double)
    }

    /// Reads the block and keeps none of it.
    init(_ block: InspectedBlock, of dump: DumpFile, using zstandard: Zstandard) {
        section = dump.inspection.format.sectionName(block.place.section)
        place = block.place
        entry = block.entry
        isKnown = block.readerIndex != nil || block.problem != nil
        do throws(FormatError) {
            if let problem = block.problem { throw problem }
            range = try block.readerIndex.flatMap { (index) throws(FormatError) in
                try BlockReport.range(ofBlock: index, of: dump, zstandard)
            }
            problem = nil
        } catch {
            range = nil
            problem = error
        }
    }

    /// `ok`, `bad` or, of a block of an unknown section, `?`.
    var verdict: String { problem != nil ? "bad" : isKnown ? "ok" : "?" }

    private static func range(
        ofBlock index: Int, of dump: DumpFile, _ zstandard: Zstandard,
    ) throws(FormatError) -> ValueRange? {
        let (container, entry) = (dump.container, dump.container.entries[index])
        switch (dump.inspection.format.section(entry.section)?.content, DictionaryPart(rawValue: entry.part)) {
        case (.numbers32, nil) where entry.part == 0, (.dictionary, .textLengths):
            return numbers(try container.values(ofBlock: index, as: UInt32.self, using: zstandard))
        case (.numbers64, nil) where entry.part == 0:
            let values = try container.values(ofBlock: index, as: UInt64.self, using: zstandard)
            return dump.typeName == "artifact" ? scores(values) : times(values)
        case (.dictionary, .decimal):
            return numbers(try container.values(ofBlock: index, as: UInt64.self, using: zstandard))
        default:
            try container.check(block: index, using: zstandard)
            return nil
        }
    }

    private static func numbers<Value: ColumnValue>(_ values: [Value]) -> ValueRange? {
        guard let least = values.min(), let greatest = values.max() else { return nil }
        return .numbers(UInt64(least), UInt64(greatest))
    }

    /// Numbers that are no times, which only a damaged footer brings here, stay numbers.
    private static func times(_ values: [UInt64]) -> ValueRange? {
        guard case .numbers(let least, let greatest) = numbers(values), greatest < Timestamp.nanosecondsPerDay else {
            return numbers(values)
        }
        return .times(least, greatest)
    }

    private static func scores(_ bits: [UInt64]) -> ValueRange? {
        let scores = bits.map { Double(bitPattern: $0) }
        guard let least = scores.min(), let greatest = scores.max(), least.isFinite, greatest.isFinite else {
            return nil
        }
        return .scores(least, greatest)
    }
}

extension BlockReport.ValueRange {
    /// Both ends for people.
    var texts: [String] {
        switch self {
        case .numbers(let least, let greatest): [least, greatest].map { String($0) }
        case .times(let least, let greatest): [least, greatest].map { Timestamp.timeOfDay($0) }
        case .scores(let least, let greatest): ["\(least)", "\(greatest)"]
        }
    }
}
