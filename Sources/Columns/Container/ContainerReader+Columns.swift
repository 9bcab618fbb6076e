package import Platform

extension ContainerReader {
    /// All values of a section that is a column, which must be `count`.
    ///
    /// - Throws: `FormatError` if a block is damaged or rows are missing.
    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    package func column<Value: ColumnValue>(
        section: UInt8, count: Int, as type: Value.Type, using zstandard: Zstandard,
    ) throws(FormatError) -> [Value] {
        try checkRowCount(section: section, count: count)
        var values: [Value] = []
        values.reserveCapacity(count)
        for index in blockIndices(section: section) {
            values.append(contentsOf: try self.values(ofBlock: index, as: type, using: zstandard))
        }
        return values
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
        guard promised == count else { throw corrupt(section: section, "\(promised) rows instead of \(count)") }
    }
}
