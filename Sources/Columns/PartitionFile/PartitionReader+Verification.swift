package import Platform

extension PartitionReader {
    /// Reads all of the file and checks all that must hold of it, in memory that does not grow with the rows or the
    /// ids that it claims to have.
    ///
    /// Beside what is checked whenever a column or a dictionary is read: that no id is repeated, and the order of the
    /// rows.
    ///
    /// - Throws: `FormatError` at the first thing that is wrong.
    package func verify(using zstandard: Zstandard) throws(FormatError) {
        for column in IdentifierColumn.allCases {
            try DictionaryVerification(self, column, using: zstandard).run()
        }
        var rows = try RowVerification(self, using: zstandard)
        while try rows.checkNext() {}
    }
}
