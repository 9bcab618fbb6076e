import Platform

/// Writes a file while its blocks are made: header, blocks one after the other, footer, tail.
package struct ContainerStream {
    private let format: FileFormat
    private var entries: [BlockEntry] = []

    /// Begins a file: hands its header to `write`, as the methods do with what comes next.
    package init(format: FileFormat, to write: (RawSpan) throws -> Void) rethrows {
        self.format = format
        let header = ContainerFrame.header(format)
        try write(header.rawSpan)
    }

    /// Adds a block at the end.
    package mutating func append(
        section: UInt8, part: UInt8 = 0, _ block: EncodedBlock, to write: (RawSpan) throws -> Void,
    ) rethrows {
        entries.append(BlockEntry(section: section, part: part, block: block))
        try write(block.stored.rawSpan)
    }

    /// Ends the file.
    package func finish(metadata: [UInt8], to write: (RawSpan) throws -> Void) rethrows {
        let end = ContainerFrame.footerAndTail(format, metadata: metadata, entries: entries)
        try write(end.rawSpan)
    }
}
