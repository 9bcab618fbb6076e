import Platform

/// What stands around the blocks of a file.
package enum ContainerFrame {
    /// The bytes before the first block.
    package static func header(_ format: FileFormat) -> [UInt8] {
        var output = ByteWriter()
        output.append(contentsOf: format.magic)
        output.append(format.version)
        output.append(UInt16(0))
        // Required and optional features: none in version 1.
        output.append(UInt32(0))
        output.append(UInt32(0))
        output.append(UInt32(0))
        output.append(Checksum.xxh3(output.bytes.rawSpan))
        return output.bytes
    }

    /// The bytes after the last block. Footer: length of the metadata u32, metadata, number of blocks u32, one entry a
    /// block; then the tail.
    ///
    /// - Parameter entries: All blocks, in the order of the file.
    package static func footerAndTail(_ format: FileFormat, metadata: [UInt8], entries: [BlockEntry]) -> [UInt8] {
        var output = ByteWriter()
        output.append(UInt32(metadata.count))
        output.append(contentsOf: metadata)
        output.append(UInt32(entries.count))
        for entry in entries { entry.write(into: &output) }
        let checksum = Checksum.xxh3(output.bytes.rawSpan)
        output.append(UInt32(output.count))
        output.append(UInt32(0))
        output.append(checksum)
        let blockByteCount = entries.reduce(0) { $0 + $1.storedByteCount }
        output.append(UInt64(FileFormat.headerByteCount + blockByteCount + output.count + 16))
        output.append(contentsOf: format.endMagic)
        return output.bytes
    }
}
