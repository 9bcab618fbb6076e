package import Platform
package import SystemPackage

/// A block that waits in a spool for its place in a file.
package struct SpooledBlock: Sendable {
    package let entry: BlockEntry
    /// Where the stored bytes begin in the spool.
    package let offset: Int
}

/// Encoded blocks that wait until all of them are known, for a file has them in another order than they are made in.
/// They may be larger than memory.
package final class BlockSpool {
    private let buffer: ScratchBuffer

    package init(in folder: FilePath) {
        buffer = ScratchBuffer(in: folder)
    }

    /// Keeps a block.
    package func append(section: UInt8, part: UInt8 = 0, _ block: EncodedBlock) throws(StorageError) -> SpooledBlock {
        let offset = buffer.byteCount
        try buffer.append(block.stored.span)
        return SpooledBlock(entry: BlockEntry(section: section, part: part, block: block), offset: offset)
    }

    /// Hands the pieces of a file with these blocks to `write`, in order.
    ///
    /// - Parameter blocks: All from this spool, to which nothing is added any more.
    package func write(
        _ blocks: [SpooledBlock], format: FileFormat, metadata: [UInt8],
        to write: (borrowing RawSpan) throws(StorageError) -> Void,
    ) throws(StorageError) {
        let header = ContainerFrame.header(format)
        try write(header.rawSpan)
        for block in blocks {
            let range = block.offset..<(block.offset + block.entry.storedByteCount)
            let bytes = try buffer.copy(of: range)
            try write(bytes.rawSpan)
        }
        let end = ContainerFrame.footerAndTail(format, metadata: metadata, entries: blocks.map(\.entry))
        try write(end.rawSpan)
    }
}

extension [SpooledBlock] {
    /// What the blocks and their entries take in a file.
    package var storedByteCount: Int {
        reduce(0) { $0 + $1.entry.storedByteCount + BlockEntry.byteCount }
    }
}
