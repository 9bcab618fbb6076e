package import Platform

/// Collects blocks and makes a file of them: header, blocks one after the other, footer, tail.
package struct ContainerWriter {
    private let format: FileFormat
    private var output: ByteWriter
    private var entries: [BlockEntry] = []

    package init(format: FileFormat) {
        self.format = format
        output = ByteWriter()
        output.append(contentsOf: ContainerFrame.header(format))
    }

    /// Adds a block at the end.
    package mutating func append(section: UInt8, part: UInt8 = 0, _ block: EncodedBlock) {
        entries.append(BlockEntry(section: section, part: part, block: block))
        output.append(contentsOf: block.stored)
    }

    /// Adds a column of numbers.
    @specialized(where Value == UInt32)
    @specialized(where Value == UInt64)
    package mutating func append<Value: ColumnValue>(section: UInt8, column: [Value], using zstandard: Zstandard) {
        for block in EncodedBlock.encode(column: column, using: zstandard) { append(section: section, block) }
    }

    /// Adds a dictionary of ids.
    package mutating func append(section: UInt8, dictionary: IdentifierList, using zstandard: Zstandard) {
        for (part, block) in DictionaryBlocks.encode(dictionary, using: zstandard) {
            append(section: section, part: part.rawValue, block)
        }
    }

    /// The whole file.
    package consuming func finish(metadata: [UInt8]) -> [UInt8] {
        output.append(contentsOf: ContainerFrame.footerAndTail(format, metadata: metadata, entries: entries))
        return output.bytes
    }
}
