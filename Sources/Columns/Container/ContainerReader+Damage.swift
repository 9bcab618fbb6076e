import Platform

extension ContainerReader {
    /// The error of damage in block `index`.
    package func corrupt(block index: Int, _ reason: String) -> FormatError {
        let place = BlockPlace(
            section: entries[index].section, number: table.numbers[index], offset: offsets[index])
        return FormatError(.corrupt, file.path, "corrupt at \(place.description(in: format)): \(reason)")
    }

    /// The error of damage that shows in a section as a whole.
    package func corrupt(section: UInt8, _ reason: String) -> FormatError {
        FormatError(.corrupt, file.path, "corrupt at section \(format.sectionName(section)): \(reason)")
    }

    /// The error of a wrong value of a column, or a wrong id of a dictionary: names the block in which it stands.
    ///
    /// - Parameters:
    ///   - index: The value's place in the section, from 0; the id's in a dictionary.
    ///   - reason: Says of which row, entry or id.
    package func corrupt(section: UInt8, at index: Int, _ reason: String) -> FormatError {
        var end = 0
        for block in blockIndices(section: section) where isCounted(block) {
            end += entries[block].rowCount
            if index < end { return corrupt(block: block, reason) }
        }
        return corrupt(section: section, reason)
    }

    /// The error of an id of a dictionary that does not stand after the one before it, where ids ascend.
    package func corrupt(misplacedIdentifier index: Int, in section: UInt8) -> FormatError {
        corrupt(section: section, at: index, "id \(index) does not stand after the one before it")
    }

    /// The error of an id of a dictionary that an earlier one is equal to.
    package func corrupt(repeatedIdentifier index: Int, in section: UInt8) -> FormatError {
        corrupt(section: section, at: index, "id \(index) is repeated")
    }

    /// True if the rows of a block are values or ids of its section: not those of the other half of UUIDs, nor text.
    func isCounted(_ block: Int) -> Bool {
        switch format.section(entries[block].section)?.content {
        case .dictionary: DictionaryPart(rawValue: entries[block].part)?.isFirstOfRun ?? false
        default: entries[block].part == 0
        }
    }
}
