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
}
