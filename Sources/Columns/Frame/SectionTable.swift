/// The blocks of a file, one after the other: those that this build knows.
struct SectionTable {
    /// In the order of the file.
    private(set) var entries: [BlockEntry] = []
    /// For each block the offset of its first byte in the file.
    private(set) var offsets: [Int] = []
    /// For each block its number among those of its section.
    private(set) var numbers: [Int] = []

    /// A table without blocks.
    init() {}

    /// Checks 8 and 9 of the specification: every entry is within its ranges, and the blocks end where the footer
    /// begins.
    init(of footer: UnverifiedFooter, as format: FileFormat) throws(FrameDamage) {
        var places = BlockPlaces()
        for index in 0..<footer.entryCount {
            let entry = footer.entry(at: index)
            let place = places.next(entry)
            // A later version may say of blocks of unknown optional sections what this one cannot read.
            if format.isSkipped(section: entry.section) { continue }
            do throws(BlockDamage) {
                append(try BlockEntry(verifying: entry), at: place)
            } catch {
                throw FrameDamage(.corrupt, "corrupt at \(place.description(in: format)): \(error)")
            }
        }
        try places.checkEnd(footer)
    }

    mutating func append(_ entry: BlockEntry, at place: BlockPlace) {
        entries.append(entry)
        offsets.append(place.offset)
        numbers.append(place.number)
    }
}

/// Where a block is.
package struct BlockPlace: Sendable, Equatable {
    package let section: UInt8
    /// Among the blocks of the section, from 0.
    package let number: Int
    /// Of the first byte in the file.
    package let offset: Int

    /// As messages name it: section, block, offset.
    func description(in format: FileFormat) -> String {
        "section \(format.sectionName(section)), block \(number), offset \(offset)"
    }
}

/// Says where blocks are, one entry after the other.
struct BlockPlaces {
    private var numbers = [Int](repeating: 0, count: 256)
    /// Where the next block begins. Lengths of 32 bits, of which there are fewer than 2^32, cannot add up to too much.
    private(set) var end = FileFormat.headerByteCount

    /// The place of the block of the next entry.
    mutating func next(_ entry: UnverifiedEntry) -> BlockPlace {
        let section = Int(entry.section)
        defer {
            numbers[section] += 1
            end += entry.storedByteCount
        }
        return BlockPlace(section: entry.section, number: numbers[section], offset: end)
    }

    /// Checks that the blocks end where the footer begins.
    func checkEnd(_ footer: UnverifiedFooter) throws(FrameDamage) {
        if end == footer.offset { return }
        throw FrameDamage(
            .corrupt, "corrupt section table: the blocks end at offset \(end), the footer begins at \(footer.offset)")
    }
}
