import Columns
import Platform

/// A container file taken apart, so that something in it can be changed and all that follows from it made right again:
/// lengths, offsets, checksums.
struct ContainerParts {
    /// A block, with what its entry says of it but for the stored length and the checksum, which follow.
    struct Block {
        /// Section, part, encoding, codec.
        var kind: [UInt8]
        var rowCount: UInt32
        var rawByteCount: UInt32
        var stored: [UInt8]
    }

    /// What stands before the checksum of the header.
    var header: [UInt8]
    var metadata: [UInt8]
    var blocks: [Block]
    private let endMagic: [UInt8]

    private static let entryByteCount = 24

    /// - Returns: Nil if it cannot be told what the parts are. Checksums may be wrong, values may be anything.
    init?(_ file: [UInt8]) {
        let tail = file.count - FileFormat.tailByteCount
        guard tail >= FileFormat.headerByteCount else { return nil }
        let bytes = file.rawSpan
        let footerStart = tail - Int(bytes.load(at: tail, as: UInt32.self))
        guard footerStart >= FileFormat.headerByteCount else { return nil }
        header = Array(file[..<24])
        endMagic = Array(file[(tail + 24)...])
        var footer = ByteReader(bytes.extracting(footerStart..<tail))
        guard let metadataByteCount = footer.read(UInt32.self),
            let metadata = footer.read(count: Int(metadataByteCount))?.copiedBytes,
            let entryCount = footer.read(UInt32.self),
            footer.remainingCount == Int(entryCount) * ContainerParts.entryByteCount
        else { return nil }
        self.metadata = metadata
        blocks = []
        var start = FileFormat.headerByteCount
        while let kind = footer.read(count: 4)?.copiedBytes, let rows = footer.read(UInt32.self),
            let raw = footer.read(UInt32.self), let stored = footer.read(UInt32.self),
            footer.read(UInt64.self) != nil
        {
            let end = start + Int(stored)
            guard end <= footerStart else { return nil }
            blocks.append(
                Block(kind: kind, rowCount: rows, rawByteCount: raw, stored: Array(file[start..<end])))
            start = end
        }
        guard start == footerStart else { return nil }
    }

    /// The file, with everything right that can be.
    ///
    /// - Parameter changeFooter: Changes the footer after all, which the tail then follows.
    func file(changeFooter: ([UInt8]) -> [UInt8] = { $0 }) -> [UInt8] {
        var file = header
        file.append(number: Checksum.xxh3(header.rawSpan))
        for block in blocks { file += block.stored }
        let footer = changeFooter(self.footer)
        file += footer
        file.append(number: UInt64(footer.count))
        file.append(number: Checksum.xxh3(footer.rawSpan))
        file.append(number: UInt64(file.count + 16))
        return file + endMagic
    }

    private var footer: [UInt8] {
        var output = ByteWriter()
        output.append(UInt32(metadata.count))
        output.append(contentsOf: metadata)
        output.append(UInt32(blocks.count))
        for block in blocks {
            output.append(contentsOf: block.kind)
            output.append(block.rowCount)
            output.append(block.rawByteCount)
            output.append(UInt32(block.stored.count))
            output.append(Checksum.xxh3(block.stored.rawSpan))
        }
        return output.bytes
    }
}

extension [UInt8] {
    fileprivate mutating func append(number: UInt64) {
        append(lowBytesOf: number, 8)
    }
}
