extension ContainerReader {
    /// Checks that the section table promises as many values of columns, and ids of dictionaries, as metadata claim.
    ///
    /// From then on a claim is no larger than a file of its length can hold.
    ///
    /// - Throws: `FormatError` at the first section that does not have as many.
    package func checkPromises(_ claims: [(section: UInt8, count: Int)]) throws(FormatError) {
        var promised = [Int](repeating: 0, count: 256)
        for index in entries.indices where isCounted(index) {
            promised[Int(entries[index].section)] += entries[index].rowCount
        }
        for claim in claims where promised[Int(claim.section)] != claim.count {
            throw corrupt(section: claim.section, promising: promised[Int(claim.section)], insteadOf: claim.count)
        }
    }

    /// Checks, before memory is taken for them, that the section table promises `count` rows for a section that is a
    /// column.
    package func checkRowCount(section: UInt8, count: Int) throws(FormatError) {
        var promised = 0
        for index in blockIndices(section: section) {
            let entry = entries[index]
            guard entry.part == 0 else { throw corrupt(block: index, "unexpected part \(entry.part)") }
            guard entry.encoding != .text else { throw corrupt(block: index, "\(BlockDamage.unexpectedEncoding)") }
            promised += entry.rowCount
        }
        guard promised == count else { throw corrupt(section: section, promising: promised, insteadOf: count) }
    }

    /// Checks that the section table promises `count` ids for a section that is a dictionary.
    package func checkIdentifierCount(section: UInt8, count: Int) throws(FormatError) {
        let counted = blockIndices(section: section).filter(isCounted)
        let promised = counted.reduce(0) { $0 + entries[$1].rowCount }
        guard promised == count else { throw corrupt(section: section, promising: promised, insteadOf: count) }
    }

    private func corrupt(section: UInt8, promising promised: Int, insteadOf count: Int) -> FormatError {
        let noun = if case .dictionary = format.section(section)?.content { "ids" } else { "rows" }
        return corrupt(section: section, "\(promised) \(noun) instead of \(count)")
    }
}
