package import Platform

extension ContainerReader {
    /// All values of a section that is a column, which must be `count`.
    ///
    /// - Parameter check: Throws if the values of a block, the first of which has the number that comes with them, are
    ///   none that the format allows. It sees each block while the processor still has it at hand.
    /// - Throws: `FormatError` if a block is damaged or rows are missing.
    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    package func column<Value: ColumnValue>(
        section: UInt8, count: Int, as type: Value.Type, using zstandard: Zstandard,
        check: ([Value], Int) throws(FormatError) -> Void,
    ) throws(FormatError) -> [Value] {
        try checkRowCount(section: section, count: count)
        var values: [Value] = []
        values.reserveCapacity(count)
        for index in blockIndices(section: section) {
            let block = try self.values(ofBlock: index, as: type, using: zstandard)
            try check(block, values.count)
            values.append(contentsOf: block)
        }
        return values
    }
}
