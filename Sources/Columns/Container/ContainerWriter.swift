package import Platform

/// Collects blocks and makes a file of them: header, blocks one after the other, footer, tail.
package struct ContainerWriter {
    private let format: FileFormat
    private var output: ByteWriter
    private var entries: [BlockEntry] = []

    package init(format: FileFormat) {
        self.format = format
        output = ByteWriter()
        output.append(contentsOf: format.magic)
        output.append(format.version)
        output.append(UInt16(0))
        // Required and optional features: none in version 1.
        output.append(UInt32(0))
        output.append(UInt32(0))
        output.append(UInt32(0))
        output.append(Checksum.xxh3(output.bytes.rawSpan))
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

    /// The whole file. Footer: length of the metadata u32, metadata, number of blocks u32, one entry a block.
    package consuming func finish(metadata: [UInt8]) -> [UInt8] {
        var footer = ByteWriter()
        footer.append(UInt32(metadata.count))
        footer.append(contentsOf: metadata)
        footer.append(UInt32(entries.count))
        for entry in entries { entry.write(into: &footer) }
        output.append(contentsOf: footer.bytes)
        output.append(UInt32(footer.count))
        output.append(UInt32(0))
        output.append(Checksum.xxh3(footer.bytes.rawSpan))
        output.append(UInt64(output.count + 16))
        output.append(contentsOf: format.endMagic)
        return output.bytes
    }
}
